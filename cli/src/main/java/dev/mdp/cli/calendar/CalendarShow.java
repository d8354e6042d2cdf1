package dev.mdp.cli.calendar;

import dev.mdp.cli.shell.ConfiguredCalendars;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.UnknownName;
import dev.mdp.config.LoadedCalendars;
import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.calendar.TradingCalendar;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp calendar show`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp calendar show",
      "  mdp calendar show XNYS --year 2026 --special",
      "  mdp calendar show CRYPTO --from 2026-11-26 --to 2026-11-30 --output json",
      "",
      "open and close are in UTC (in tables: --tz), local is on the clocks of the exchange. A day",
      "with several sessions has a line for each.",
      "Exit codes: 0 done, 2 bad range or unknown calendar, 78 calendar.yaml is wrong. Reads",
      "  calendar.yaml beside the configuration, connects to nothing."
    })
final class CalendarShow implements Callable<Integer>, ResultCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = Calendars.DEFAULT,
      description = "The calendar (default: XNYS); mdp calendar list has their names.")
  String name = Calendars.DEFAULT;

  @Mixin DateOptions dates;

  @Option(
      names = "--special",
      description = "Only holidays and days with other hours, such as early closes.")
  boolean special;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.calendar.show/v1";
  }

  @Override
  public Integer call() {
    LoadedCalendars loaded = ConfiguredCalendars.load(spec);
    TradingCalendar calendar =
        loaded
            .calendars()
            .find(name)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    UnknownName.message("NAME", "calendar", name, loaded.calendars().names())));
    DateOptions.Days days = dates.resolve(spec, calendar);
    spec.commandLine()
        .getErr()
        .println(
            "calendar %s (%s, %s), days %s"
                .formatted(calendar.name(), calendar.zone(), loaded.source(), days));
    output
        .printer(spec, schema())
        .print(
            SessionRow.columns(calendar.zone(), output.isTable()),
            SessionRow.of(calendar, days.from().datesUntil(days.to()), special));
    return ExitCodes.OK;
  }
}

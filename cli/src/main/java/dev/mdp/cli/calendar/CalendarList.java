package dev.mdp.cli.calendar;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.ConfiguredCalendars;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedCalendars;
import dev.mdp.core.calendar.Hours;
import dev.mdp.core.calendar.Session;
import dev.mdp.core.calendar.TradingCalendar;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp calendar list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp calendar list",
      "  mdp calendar list --output json | jq -r '.data[] | select(.state == \"open\").name'",
      "",
      "closes: end of the current session; opens: start of the next one.",
      "Exit codes: 0 done, 78 bad calendar.yaml. Reads calendar.yaml beside the configuration,",
      "  connects to nothing."
    })
final class CalendarList implements Callable<Integer>, ResultCommand {
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.calendar.list/v1";
  }

  @Override
  public Integer call() {
    LoadedCalendars loaded = ConfiguredCalendars.load(spec);
    Instant now = RootCommand.of(spec).host().clock().instant();
    output.printer(spec, schema()).print(columns(now), loaded.calendars().all());
    spec.commandLine().getErr().println("source " + loaded.source());
    return ExitCodes.OK;
  }

  private static List<Column<TradingCalendar>> columns(Instant now) {
    return List.of(
        Column.text("name", TradingCalendar::name),
        Column.text("zone", calendar -> calendar.zone().getId()),
        Column.text(
            "hours",
            calendar -> calendar.schedule().hours().stream().map(Hours::toString).toList()),
        Column.text("state", calendar -> calendar.sessionAt(now).isPresent() ? "open" : "closed"),
        Column.text("closes", calendar -> calendar.sessionAt(now).map(Session::close).orElse(null)),
        Column.text("opens", calendar -> calendar.next(now).map(Session::open).orElse(null)));
  }
}

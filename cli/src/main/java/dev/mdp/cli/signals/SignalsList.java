package dev.mdp.cli.signals;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.LimitOption;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.StoredNames;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.TimeRangeOptions;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.SignalReader;
import dev.mdp.store.PostgresStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp signals list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp signals list --symbol SPY --limit 10",
      "  mdp signals list --name momentum_up --from 1h --output json | jq '.data[].ts'",
      "",
      "The newest ones, in the order of time. Exit codes: 0 done, 2 bad range or unknown name,",
      "  69 database unreachable, 78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class SignalsList implements Callable<Integer>, ResultCommand {
  @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider.")
  @Nullable String provider;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only this symbol.")
  @Nullable String symbol;

  @Option(names = "--name", paramLabel = "NAME", description = "Only signals of this name.")
  @Nullable String name;

  @Mixin LimitOption limit;

  @Mixin TimeRangeOptions.Open time;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.signals.list/v1";
  }

  @Override
  public Integer call() {
    int most = limit.of(spec);
    TimeRange range = time.resolve(spec);
    SignalReader.Query query =
        new SignalReader.Query(
            Optional.ofNullable(provider),
            Optional.ofNullable(symbol).map(this::canonical),
            Optional.ofNullable(name),
            range.fromMicros(),
            range.toMicros(),
            most);
    try (PostgresStore store = Access.store(spec)) {
      List<Signal> signals = store.signals().list(query);
      if (signals.isEmpty() && (provider != null || symbol != null)) {
        StoredNames.of(store)
            .require(
                spec,
                query.symbol().stream().toList(),
                query.provider().stream().toList(),
                List.of());
      }
      RootCommand.of(spec)
          .names()
          .remember(KnownKind.RULE, signals.stream().map(Signal::name).distinct().toList());
      output.printer(spec, schema()).print(columns(output.isTable()), signals);
      return ExitCodes.OK;
    }
  }

  private String canonical(String text) {
    try {
      return Symbol.of(text).value();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbol: " + e.getMessage(), e);
    }
  }

  private static List<Column<Signal>> columns(boolean table) {
    return List.of(
        Column.text(
            "ts",
            signal -> table ? Micros.instant(signal.tsMicros()) : Micros.format(signal.tsMicros())),
        Column.text("provider", Signal::provider),
        Column.text("symbol", signal -> signal.symbol().value()),
        Column.text("name", Signal::name),
        Column.number("value", Signal::value),
        Column.number(
            "score", signal -> signal.score().isPresent() ? signal.score().getAsDouble() : null),
        Column.text("meta", Signal::meta));
  }
}

package dev.mdp.cli.datastore;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.Progress;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Pruning.Found;
import dev.mdp.core.store.Pruning.Prunable;
import dev.mdp.core.store.Series;
import dev.mdp.ops.prune.PruneBatches;
import dev.mdp.ops.prune.PruneBound;
import dev.mdp.runtime.StopSignals;
import dev.mdp.store.PostgresStore;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp datastore prune`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore prune --table tick_data --older-than 30d --dry-run",
      "  mdp datastore prune --table bars_ohlcv --older-than 365d --confirm",
      "",
      "Oldest first, about 10,000 rows per transaction; Ctrl-C stops after the current one.",
      "Ticks and bars go in whole windows. Of feed_gaps closed gaps go, of feed_states times before",
      "the last one, of feed_series former epochs, and nothing that explains ticks that are kept; of",
      "tick_corrections those that are applied, or whose ticks are gone.",
      "The role mdp_cleaner is enough. No job run is recorded.",
      "Exit codes: 0 done, 2 no terminal and no --confirm, 69 database unreachable, 75 rows are",
      "  locked, 78 not migrated or a retention policy runs, 130 stopped early.",
      "Configuration used: store."
    })
final class Prune implements Callable<Integer>, ResultCommand {
  private static final int INTERRUPTED = 130;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      required = true,
      description =
          "tick_data, bars_ohlcv, signals, feed_gaps, feed_states, feed_series or tick_corrections.")
  Prunable table = Prunable.TICK_DATA;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      required = true,
      description = "Remove what is older, e.g. 30d.")
  Duration olderThan = Duration.ZERO;

  @Mixin Confirmation confirmation;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.datastore.prune/v1";
  }

  @Override
  public Integer call() {
    if (olderThan.isZero()) {
      throw new ParameterException(spec.commandLine(), "--older-than: must be positive, was 0");
    }
    try (PostgresStore store = Access.store(spec)) {
      requireNoPolicy(store.pruning());
      PruneBound bound = bound(store);
      bound.reasons().forEach(this::say);
      if (confirmation.isConfirmed()) {
        return remove(store.pruning(), bound.micros());
      }
      List<Found> found = store.pruning().before(table, bound.micros());
      long rows = found.stream().mapToLong(Found::rows).sum();
      String what =
          "remove %d rows of %d series before %s from %s"
              .formatted(rows, found.size(), Micros.instant(bound.micros()), name());
      if (confirmation.ask(spec, what) && rows > 0) {
        return remove(store.pruning(), bound.micros());
      }
      say(rows == 0 ? nothing(bound.micros()) : "would " + what);
      output.printer(spec, schema()).print(columns(), found);
      return ExitCodes.OK;
    }
  }

  private static String nothing(long before) {
    return "nothing to remove before " + Micros.instant(before);
  }

  private PruneBound bound(PostgresStore store) {
    long wanted = Micros.of(RootCommand.of(spec).host().clock().instant().minus(olderThan));
    return table.isOfWindows()
        ? PruneBound.of(wanted, store.pruning().intervals(), store.checkpoints().admin().list(""))
        : PruneBound.of(wanted, Set.of(), List.of());
  }

  /// Begins at once: to count what a large table has may take longer than to remove it.
  private int remove(Pruning pruning, long cutOff) {
    long begun = System.nanoTime();
    AtomicBoolean stop = new AtomicBoolean();
    RootCommand root = RootCommand.of(spec);
    PruneBatches.Removed removed;
    Progress progress =
        new Progress(
            spec.commandLine().getErr(), root.host().stderrTerminal(), root.host().clock());
    try (StopSignals _ = new StopSignals(() -> stop.set(true))) {
      List<Series> series = pruning.seriesBefore(table, cutOff);
      removed =
          new PruneBatches(pruning, table, series, cutOff)
              .run(stop::get, (rows, share) -> progress.update(rows, "removed", share));
    } finally {
      progress.clear();
    }
    say(
        removed.complete() && removed.found().isEmpty()
            ? nothing(cutOff)
            : String.format(
                Locale.ROOT,
                "%s %.1f s   removed %d rows: %s has nothing before %s now%s",
                removed.complete() ? "done" : "stopped after",
                (System.nanoTime() - begun) / 1e9,
                removed.rows(),
                name(),
                Micros.instant(removed.reached()),
                table.keepsSome() ? " that may go" : ""));
    output.printer(spec, schema()).print(columns(), removed.found());
    return removed.complete() ? ExitCodes.OK : INTERRUPTED;
  }

  /// Two that remove the same rows hide each other's mistakes.
  private void requireNoPolicy(Pruning pruning) {
    pruning
        .retentionPolicy(table)
        .ifPresent(policy -> {
          throw new ConfigException(
              "%s has a retention policy of TimescaleDB (%s): leave it to that, or end it with SELECT remove_retention_policy('%s')"
                  .formatted(name(), policy, name()));
        });
  }

  private List<Column<Found>> columns() {
    return List.of(
        Column.text("provider", row -> row.series().provider()),
        Column.text("symbol", row -> row.series().symbol()),
        Column.text(
            "interval", row -> row.series().interval().isEmpty() ? null : row.series().interval()),
        Column.number("rows", Found::rows),
        Column.text("first_ts", row -> Micros.instant(row.firstMicros())),
        Column.text("last_ts", row -> Micros.instant(row.lastMicros())));
  }

  private String name() {
    return table.name().toLowerCase(Locale.ROOT);
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}

package dev.mdp.cli.history;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.LimitOption;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.TimeRangeOptions;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.store.Series;
import dev.mdp.store.PostgresStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp bars list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp bars list --symbol SPY --interval 1m --limit 10",
      "  mdp bars list --from 2h --output json | jq '.data[].close'",
      "",
      "Newest first. Exit codes: 0 done, 2 bad range or a name that is not stored,",
      "  69 database unreachable, 78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class BarsList implements Callable<Integer>, ResultCommand {
  @Mixin SeriesOptions which;

  @Option(
      names = "--interval",
      paramLabel = "INTERVAL",
      split = ",",
      description = "Only these intervals, e.g. 1m; repeatable (default: all).")
  List<String> intervals = new ArrayList<>();

  @Mixin LimitOption limit;

  @Mixin TimeRangeOptions.Open time;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.bars.list/v1";
  }

  @Override
  public Integer call() {
    int most = limit.of(spec);
    TimeRange range = time.resolve(spec);
    try (PostgresStore store = Access.store(spec)) {
      List<Series> series =
          which.of(spec, store.series().barSeries(), store.series()::tickSeries, intervals);
      List<Bar> bars =
          store.series().newestBars(series, range.fromMicros(), range.toMicros(), most);
      output.printer(spec, schema()).print(columns(output.isTable()), bars);
      return ExitCodes.OK;
    }
  }

  private static List<Column<Bar>> columns(boolean table) {
    return List.of(
        Column.text(
            "ts",
            bar -> table ? Micros.instant(bar.startMicros()) : Micros.format(bar.startMicros())),
        Column.text("provider", Bar::provider),
        Column.text("symbol", bar -> bar.symbol().value()),
        Column.text("interval", bar -> bar.interval().toString()),
        Column.number("open", Bar::open),
        Column.number("high", Bar::high),
        Column.number("low", Bar::low),
        Column.number("close", Bar::close),
        Column.number("volume", Bar::volume),
        Column.number("vwap", bar -> absent(Double.isNaN(bar.vwap()), bar.vwap())),
        Column.number("trade_count", bar -> absent(bar.isExternal(), bar.tradeCount())),
        Column.text("lane", bar -> absent(bar.lane().isEmpty(), bar.lane())));
  }

  private static @Nullable Object absent(boolean absent, Object value) {
    return absent ? null : value;
  }
}

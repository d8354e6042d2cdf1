package dev.mdp.cli.history;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.TimeRangeOptions;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.Series;
import dev.mdp.store.PostgresStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp ticks export`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp ticks export --provider binance --symbol BTCUSDT --from 2025-10-24 --to 2025-10-25 --file btc.csv.gz",
      "  mdp ticks export --symbol SPY,QQQ --from 2h --output jsonl | jq .price",
      "",
      "In order of (ts, seq), then provider, then symbol; memory use does not grow with the size.",
      "A csv or ndjson dataset with these columns reads the same ticks again.",
      "Exit codes: 0 done, 2 bad range, a name that is not stored or a file that exists (see --force),",
      "  65 the file cannot be written, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class TicksExport implements Callable<Integer> {
  @Mixin SeriesOptions which;
  @Mixin TimeRangeOptions time;
  @Mixin ExportOptions export;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    TimeRange range = time.resolve(spec);
    export.check(spec);
    LineFormat lines =
        new LineFormat(
            export.form(), "ts", "seq", "provider", "symbol", "price", "size", "bid", "ask");
    try (PostgresStore store = Access.store(spec)) {
      List<Series> series =
          which.of(spec, store.series().tickSeries(), store.series()::barSeries, List.of());
      export.write(
          spec,
          range,
          () -> store.series().ticks(series, range.fromMicros(), range.toMicros()),
          lines,
          TicksExport::line,
          Tick::srcMicros,
          "ticks");
    }
    return ExitCodes.OK;
  }

  private static void line(Tick tick, LineFormat line) {
    line.time(tick.srcMicros())
        .whole(tick.seq())
        .text(tick.provider())
        .text(tick.symbol().value())
        .number(tick.price())
        .number(tick.size())
        .number(tick.bid())
        .number(tick.ask())
        .end();
  }
}

package dev.mdp.cli.history;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.TimeRangeOptions;
import dev.mdp.core.event.Bar;
import dev.mdp.core.store.Series;
import dev.mdp.store.PostgresStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp bars export`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp bars export --symbol SPY --interval 1m --from 2025-10-24 --to 2025-10-25 > spy.csv",
      "  mdp bars export --interval 1m,5m --from 30d --file bars.jsonl.gz",
      "",
      "In order of ts, then provider, symbol and interval; memory use does not grow with the size.",
      "A bar belongs to the range when its start does.",
      "Exit codes: 0 done, 2 bad range, a name that is not stored or a file that exists (see --force),",
      "  65 the file cannot be written, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class BarsExport implements Callable<Integer> {
  @Mixin SeriesOptions which;

  @Option(
      names = "--interval",
      paramLabel = "INTERVAL",
      split = ",",
      description = "Only these intervals, e.g. 1m; repeatable (default: all).")
  List<String> intervals = new ArrayList<>();

  @Mixin TimeRangeOptions time;
  @Mixin ExportOptions export;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    TimeRange range = time.resolve(spec);
    export.check(spec);
    LineFormat lines =
        new LineFormat(
            export.form(),
            "ts",
            "provider",
            "symbol",
            "interval",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "vwap",
            "trade_count",
            "lane");
    try (PostgresStore store = Access.store(spec)) {
      List<Series> series =
          which.of(spec, store.series().barSeries(), store.series()::tickSeries, intervals);
      export.write(
          spec,
          range,
          () -> store.series().bars(series, range.fromMicros(), range.toMicros()),
          lines,
          BarsExport::line,
          Bar::startMicros,
          "bars");
    }
    return ExitCodes.OK;
  }

  private static void line(Bar bar, LineFormat line) {
    line.time(bar.startMicros())
        .text(bar.provider())
        .text(bar.symbol().value())
        .text(bar.interval().toString())
        .number(bar.open())
        .number(bar.high())
        .number(bar.low())
        .number(bar.close())
        .number(bar.volume())
        .number(bar.vwap());
    if (bar.isExternal()) {
      line.absent();
    } else {
      line.whole(bar.tradeCount());
    }
    if (bar.lane().isEmpty()) {
      line.absent();
    } else {
      line.text(bar.lane());
    }
    line.end();
  }
}

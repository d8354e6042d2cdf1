package dev.mdp.runtime;

import dev.mdp.config.DatasetColumns;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.DatasetPath;
import dev.mdp.config.SyntheticConfig;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.HistoryReader;
import dev.mdp.providers.dataset.BadLines;
import dev.mdp.providers.dataset.BarMapping;
import dev.mdp.providers.dataset.ColumnMapping;
import dev.mdp.providers.dataset.DatasetSettings;
import dev.mdp.providers.dataset.FileFormat;
import dev.mdp.providers.dataset.FilePatterns;
import dev.mdp.providers.dataset.LinePrefix;
import dev.mdp.providers.dataset.OtherLines;
import dev.mdp.providers.dataset.PlausibleTimes;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.providers.dataset.TimeUnitName;
import dev.mdp.providers.history.HistoryRange;
import dev.mdp.providers.history.HistorySource;
import dev.mdp.providers.synthetic.Pace;
import dev.mdp.providers.synthetic.SyntheticSettings;
import dev.mdp.providers.synthetic.SyntheticSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The sources as the configuration describes them.
public final class SourceFactory {
  private SourceFactory() {}

  /// The live events of the random walk.
  public static LiveSource synthetic(
      SyntheticConfig config, LiveSource.Overrides overrides, InstantSource clock) {
    SyntheticSettings settings =
        new SyntheticSettings(
            SyntheticSettings.DEFAULT_PROVIDER,
            "",
            overrides.symbols().isEmpty() ? config.symbols() : overrides.symbols(),
            overrides.rate().orElse(config.tickRate()),
            config.priceVolatility(),
            overrides.seed().orElse(config.seed()),
            overrides.limit().orElse(SyntheticSettings.NO_LIMIT),
            new Pace.WallClock());
    SyntheticSource source = new SyntheticSource(settings, clock);
    return new LiveSource(
        settings.provider(),
        settings.symbols(),
        source,
        () -> source.skipped().count(),
        () -> source.skipped().words());
  }

  /// A dataset that is a range of a table.
  public static FiniteSource stored(
      DatasetConfig config, ReadOptions options, Supplier<HistoryReader> history) {
    return switch (config.type()) {
      case CSV, NDJSON -> throw new IllegalArgumentException(config.name() + " is files");
      case TICKS -> HistorySource.ticks(history.get(), range(config, options));
      case BARS ->
          HistorySource.bars(
              history.get(), range(config, options), config.interval().orElseThrow());
    };
  }

  private static HistoryRange range(DatasetConfig config, ReadOptions options) {
    return new HistoryRange(
        config.provider(),
        config.symbol().map(List::of).orElse(List.of()),
        options.fromMicros(),
        options.toMicros(),
        options.lane());
  }

  /// A dataset of files. Throws [dev.mdp.core.error.DataException] for a pattern that matches none.
  ///
  /// @param now times later than a day after it are not those of a recording
  public static DatasetSettings files(DatasetConfig config, Path directory, Instant now) {
    return new DatasetSettings(
        config.name(),
        config.type() == DatasetConfig.Type.CSV ? FileFormat.CSV : FileFormat.NDJSON,
        FilePatterns.files(directory, config.paths().stream().map(DatasetPath::text).toList()),
        config.provider(),
        config.symbol(),
        mapping(config.columns().orElseThrow(), config.interval()),
        times(config.columns().orElseThrow().srcTs(), now),
        config.prefix() == DatasetConfig.Prefix.EPOCH_NS ? LinePrefix.EPOCH_NS : LinePrefix.NONE,
        config.skipOtherLines() ? OtherLines.SKIP : OtherLines.REFUSE,
        config.skipBadLines() ? BadLines.SKIP : BadLines.REFUSE,
        config.delimiter(),
        config.header());
  }

  private static PlausibleTimes times(DatasetColumns.TimeColumn column, Instant now) {
    return new PlausibleTimes(
        column.earliest().map(Micros::of).orElse(PlausibleTimes.DEFAULT_EARLIEST),
        Micros.of(column.latest().orElse(now.plus(Duration.ofDays(1)))),
        column.earliest().isEmpty());
  }

  private static ColumnMapping mapping(DatasetColumns columns, Optional<Interval> interval) {
    return new ColumnMapping(
        columns.each().orElse(null),
        columns.srcTs().path(),
        TimeUnitName.valueOf(columns.srcTs().unit().name()),
        columns.price().orElse(null),
        columns.size().orElse(null),
        columns.seq().orElse(null),
        columns.hashedSeq(),
        columns.bid().orElse(null),
        columns.ask().orElse(null),
        columns.bars().map(bars -> bars(bars, interval.orElseThrow())).orElse(null),
        columns.symbol().orElse(null));
  }

  private static BarMapping bars(DatasetColumns.BarColumns bars, Interval interval) {
    return new BarMapping(
        interval, bars.open(), bars.high(), bars.low(), bars.close(), bars.volume().orElse(null));
  }
}

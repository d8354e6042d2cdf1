package dev.mdp.cli.run;

import dev.mdp.config.DatasetColumns;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.ProducersConfig;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.HistoryReader;
import dev.mdp.providers.dataset.ColumnMapping;
import dev.mdp.providers.dataset.DatasetSettings;
import dev.mdp.providers.dataset.DatasetSource;
import dev.mdp.providers.dataset.FileFormat;
import dev.mdp.providers.dataset.LinePrefix;
import dev.mdp.providers.dataset.OtherLines;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.providers.dataset.TimeUnitName;
import dev.mdp.providers.history.HistoryRange;
import dev.mdp.providers.history.HistorySource;
import dev.mdp.providers.synthetic.Pace;
import dev.mdp.providers.synthetic.SyntheticSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Sources as the configuration describes them.
public final class Sources {
  private Sources() {}

  /// @param symbols in place of the configured ones, or empty
  public static SyntheticSettings synthetic(
      ProducersConfig.Synthetic config, List<Symbol> symbols, double rate, long seed, long limit) {
    return new SyntheticSettings(
        SyntheticSettings.DEFAULT_PROVIDER,
        "",
        symbols.isEmpty() ? config.symbols() : symbols,
        rate,
        config.priceVolatility(),
        seed,
        limit,
        new Pace.WallClock());
  }

  /// @param history asked only for datasets that are ranges of tables
  public static FiniteSource dataset(
      DatasetConfig config, ReadOptions options, Path directory, Supplier<HistoryReader> history) {
    return switch (config.type()) {
      case CSV, NDJSON -> new DatasetSource(file(config, directory), options);
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

  private static DatasetSettings file(DatasetConfig config, Path directory) {
    return new DatasetSettings(
        config.name(),
        config.type() == DatasetConfig.Type.CSV ? FileFormat.CSV : FileFormat.NDJSON,
        List.of(directory.resolve(config.path().orElseThrow())),
        config.provider(),
        config.symbol(),
        mapping(config.columns().orElseThrow()),
        config.prefix() == DatasetConfig.Prefix.EPOCH_NS ? LinePrefix.EPOCH_NS : LinePrefix.NONE,
        config.skipOtherLines() ? OtherLines.SKIP : OtherLines.REFUSE,
        config.delimiter(),
        config.header());
  }

  private static ColumnMapping mapping(DatasetColumns columns) {
    return new ColumnMapping(
        columns.srcTs().path(),
        TimeUnitName.valueOf(columns.srcTs().unit().name()),
        columns.price(),
        columns.size().orElse(null),
        columns.seq().orElse(null),
        columns.bid().orElse(null),
        columns.ask().orElse(null),
        columns.symbol().orElse(null));
  }
}

package dev.mdp.config;

import dev.mdp.config.read.Section;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The whole configuration, checked.
public record MdpConfig(
    BusConfig bus,
    StoreConfig store,
    ProducersConfig producers,
    MicroBatchConfig microBatch,
    TicksConfig ticks,
    FeaturesConfig features,
    InferenceConfig inference,
    SortedMap<String, DatasetConfig> datasets,
    TelemetryConfig telemetry) {

  public MdpConfig {
    datasets = Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
  }

  static MdpConfig read(Section root) {
    root.scalars().integer("version", 1, 1, 1);
    BusConfig bus = bus(root.section("bus"));
    StoreConfig store = StoreConfig.read(root.section("store"));
    ProducersConfig producers = ProducersConfig.read(root);
    MicroBatchConfig microBatch = MicroBatchConfig.read(root.section("micro_batch"));
    return new MdpConfig(
        bus,
        store,
        producers,
        microBatch,
        TicksConfig.read(root.section("ticks")),
        FeaturesConfig.read(root.section("features")),
        InferenceConfig.read(root.section("inference"), microBatch),
        datasets(root),
        TelemetryConfig.read(root.section("telemetry")));
  }

  /// The same with the files that it names where they are.
  MdpConfig naming(LoadedConfig loaded, NamedFiles files) {
    InferenceConfig named =
        inference.naming(
            path -> files.resolve(path, loaded.origin(InferenceConfig.Rules.KEY)),
            path -> files.resolve(path, OnnxConfig.modelOrigin(loaded)));
    return new MdpConfig(
        bus, store, producers, microBatch, ticks, features, named, datasets, telemetry);
  }

  private static BusConfig bus(Section section) {
    BusConfig.Type type = section.scalars().choice("type", BusConfig.Type.REDIS);
    RedisConfig redis = RedisConfig.read(section.section("redis"));
    KafkaConfig kafka = KafkaConfig.read(section.section("kafka"));
    return switch (type) {
      case REDIS -> redis;
      case KAFKA -> kafka;
    };
  }

  private static SortedMap<String, DatasetConfig> datasets(Section root) {
    SortedMap<String, DatasetConfig> datasets = new TreeMap<>();
    root.named("datasets")
        .forEach((name, section) -> datasets.put(name, DatasetConfig.read(name, section)));
    return datasets;
  }
}

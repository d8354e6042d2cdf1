package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.config.read.Secret;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefaultsTest {
  private static final ShardConfig SHARDS =
      new ShardConfig(
          5_000,
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(15),
          Duration.ofSeconds(15),
          2_000_000);

  @Test
  void anEmptyFileGivesTheDocumentedDefaults() {
    MdpConfig config = ConfigFixture.config("");

    assertThat(config.bus())
        .isEqualTo(
            new RedisConfig(
                Secret.url("redis://localhost:6379/0"),
                "mdp.events",
                "mdp.signals",
                "mdp-consumers",
                1,
                Interval.parse("24h"),
                Interval.parseLength("14d"),
                Optional.empty()));
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                Secret.url("postgresql://localhost:5432/market_data"),
                10,
                StoreConfig.Pooler.SESSION,
                Optional.empty()));
    assertThat(config.producers().of("synthetic"))
        .isEqualTo(
            new SyntheticConfig(
                true,
                List.of(new Symbol("SPY"), new Symbol("AAPL"), new Symbol("MSFT")),
                1.0,
                0.02,
                42));
    assertThat(config.microBatch())
        .isEqualTo(
            new MicroBatchConfig(List.of(Interval.parse("2s")), SHARDS, Duration.ofSeconds(5)));
    assertThat(config.ticks())
        .isEqualTo(new TicksConfig(1_000, Duration.ofMillis(200), Duration.ofSeconds(30)));
    assertThat(config.features().windows())
        .containsExactly(
            FeatureSpec.overHorizon("vwap_1m", FeatureKind.VWAP, Interval.parse("1m")),
            FeatureSpec.overHorizon("ret_30s", FeatureKind.RET, Interval.parse("30s")),
            FeatureSpec.overHorizon("vol_5m", FeatureKind.VOL, Interval.parse("5m")));
    assertThat(config.inference())
        .isEqualTo(
            new InferenceConfig(
                Optional.empty(),
                SHARDS,
                new InferenceConfig.Rules(true, Path.of("configs/rules.yaml")),
                new OnnxConfig(
                    false,
                    "",
                    Optional.empty(),
                    List.of(),
                    "model",
                    new TreeMap<>(),
                    Duration.ofMillis(200),
                    256)));
    assertThat(config.telemetry())
        .isEqualTo(new TelemetryConfig("127.0.0.1", 9101, TelemetryConfig.LogLevel.INFO));
    assertThat(config.datasets()).isEmpty();
  }

  @Test
  void inferenceSettingsDefaultToThoseOfMicroBatch() {
    MdpConfig config =
        ConfigFixture.config(
            """
            micro_batch: { allow_late_ms: 750, lease_ms: 20000 }
            inference: { allow_late_ms: 0 }
            """);

    assertThat(config.microBatch().shards().allowLate()).isEqualTo(Duration.ofMillis(750));
    assertThat(config.inference().shards().allowLate()).isEqualTo(Duration.ZERO);
    assertThat(config.inference().shards().lease()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void theShippedFileSaysExactlyTheDefaults() {
    ConfigLoader loader = new ConfigLoader(Map.of(), ConfigFixture.projectRoot());

    LoadedConfig shipped = loader.load(null, List.of(), false);

    assertThat(shipped.source()).isEqualTo("configs/streaming.yaml");
    assertThat(shipped.config()).isEqualTo(ConfigFixture.config(""));
    assertThat(shipped.fingerprint()).isEqualTo(ConfigFixture.load("").fingerprint());
  }
}

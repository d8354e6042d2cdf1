package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.config.read.Secret;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FullMappingTest {
  private static final String EVERYTHING =
      """
      version: 1
      bus:
        type: kafka
        redis: { uri: "rediss://h:1/2", stream: ev, signals_stream: sg, consumer_group: g, shards: 4, retention: 2h }
        kafka: { bootstrap_servers: "a:1,b:2", topic: t, signals_topic: s, consumer_group: k, partitions: 3, retention: 36h, properties: { acks: all, ssl.key.password: hush } }
      store: { url: "postgres://u:pw@pool:6/x", pool_max: 3, pooler: transaction, direct_url: "postgres://u:pw@db:5/x" }
      producers:
        synthetic: { enabled: false, symbols: [btcusdt, "NO"], tick_rate: 2.5, price_volatility: 0.5, seed: 7 }
      micro_batch: { window_ms: 1000, windows: [5s, 1m], max_batch_size: 7, allow_late_ms: 1, revise_late_ms: 20, flush_timeout_ms: 3, silence_seal_ms: 4000, max_future_ms: 5, lease_ms: 6000, max_retained_events: 7000 }
      ticks: { batch_size: 8, flush_timeout_ms: 9, claim_idle_ms: 10000 }
      features:
        windows:
          - { name: rsi_7 }
          - { name: vol_day_1h, annualize: false }
          - { name: fast, kind: mom, periods: 3 }
          - { name: ret_x, horizon: 90s }
      inference:
        every: 5s
        max_batch_size: 70
        allow_late_ms: 10
        revise_late_ms: 200
        flush_timeout_ms: 30
        silence_seal_ms: 40000
        lease_ms: 60000
        max_retained_events: 70000
        adapters:
          rules: { enabled: false, file: other.yaml }
          onnx: { enabled: true, model_path: m.onnx, model_sha256: ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789, inputs: [vwap_1m, rsi_14], signal: trend, classes: { up: 1, -1: -2.5 }, deadline_ms: 50, max_size_mb: 7 }
      datasets:
        frames: { type: ndjson, path: d/f.ndjson.gz, provider: binance, symbol: btcusdt, prefix: epoch_ns, other_lines: skip, lane: run-1, columns: { src_ts: { path: data.T, unit: ms }, price: data.p, size: { path: data.q }, bid: b, ask: a, seq: data.t } }
        file: { type: csv, path: f.csv, provider: p, symbol: X, delimiter: ";", header: false, bad_lines: skip, columns: { src_ts: "1", price: "2", seq: { path: "3", hash: true } } }
        several: { type: ndjson, path: [a.ndjson, "b*.ndjson"], provider: p, symbol: X, ordinals: continue, columns: { each: data, src_ts: { path: $.ts, unit: us, earliest: 1962-01-02, latest: 2030-01-01T00:00:00+01:00 }, price: p } }
        minutes: { type: csv, path: m.csv, provider: p, symbol: X, interval: 60s, columns: { src_ts: t, open: o, high: { path: h }, low: l, close: c, volume: v } }
        stored: { type: ticks, provider: ibkr_primary }
        candles: { type: bars, provider: ibkr_primary, symbol: SPY, interval: 60s }
      telemetry: { bind: 0.0.0.0, metrics_port: 0, log_level: DEBUG }
      """;

  @Test
  void everyKeyReachesItsField() {
    MdpConfig config = ConfigFixture.config(EVERYTHING);

    TreeMap<String, Secret> properties = new TreeMap<>();
    properties.put("acks", new Secret("all", "all"));
    properties.put("ssl.key.password", Secret.opaque("hush"));
    assertThat(config.bus())
        .isEqualTo(
            new KafkaConfig(
                Secret.url("a:1,b:2"), "t", "s", "k", 3, Interval.parse("36h"), properties));
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                Secret.url("postgres://u:pw@pool:6/x"),
                3,
                StoreConfig.Pooler.TRANSACTION,
                Optional.of(Secret.url("postgres://u:pw@db:5/x"))));
    assertThat(config.producers().of("synthetic"))
        .isEqualTo(
            new SyntheticConfig(
                false, List.of(new Symbol("BTCUSDT"), new Symbol("NO")), 2.5, 0.5, 7));
    assertThat(config.microBatch())
        .isEqualTo(
            new MicroBatchConfig(
                List.of(Interval.parse("5s"), Interval.parse("1m")),
                new ShardConfig(
                    7,
                    Duration.ofMillis(1),
                    Duration.ofMillis(20),
                    Duration.ofMillis(3),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(6),
                    7_000),
                Duration.ofMillis(5)));
    assertThat(config.ticks())
        .isEqualTo(new TicksConfig(8, Duration.ofMillis(9), Duration.ofSeconds(10)));
    assertThat(config.features().windows())
        .containsExactly(
            FeatureSpec.overBars("rsi_7", FeatureKind.RSI, 7),
            new FeatureSpec(
                "vol_day_1h", FeatureKind.VOL, Optional.of(Interval.parse("1h")), 0, false),
            FeatureSpec.overBars("fast", FeatureKind.MOM, 3),
            FeatureSpec.overHorizon("ret_x", FeatureKind.RET, Interval.parse("90s")));
    assertThat(config.inference())
        .isEqualTo(
            new InferenceConfig(
                Optional.of(Interval.parse("5s")),
                new ShardConfig(
                    70,
                    Duration.ofMillis(10),
                    Duration.ofMillis(200),
                    Duration.ofMillis(30),
                    Duration.ofSeconds(40),
                    Duration.ofSeconds(60),
                    70_000),
                new InferenceConfig.Rules(false, Path.of("other.yaml")),
                new OnnxConfig(
                    true,
                    "m.onnx",
                    Optional.of("abcdef0123456789".repeat(4)),
                    List.of("vwap_1m", "rsi_14"),
                    "trend",
                    new TreeMap<>(Map.of("up", 1.0, "-1", -2.5)),
                    Duration.ofMillis(50),
                    7)));
    assertThat(config.telemetry())
        .isEqualTo(new TelemetryConfig("0.0.0.0", 0, TelemetryConfig.LogLevel.DEBUG));
  }

  @Test
  void everyKindOfDatasetReachesItsFields() {
    MdpConfig config = ConfigFixture.config(EVERYTHING);

    assertThat(config.datasets().get("frames"))
        .isEqualTo(
            new DatasetConfig(
                "frames",
                DatasetConfig.Type.NDJSON,
                List.of(new DatasetPath("d/f.ndjson.gz", place("path: d/f.ndjson.gz", 6))),
                "binance",
                Optional.of(new Symbol("BTCUSDT")),
                DatasetConfig.Prefix.EPOCH_NS,
                Optional.of(
                    new DatasetColumns(
                        Optional.empty(),
                        new DatasetColumns.TimeColumn("data.T", DatasetColumns.TimeUnit.MS),
                        Optional.of("data.p"),
                        Optional.of("data.q"),
                        Optional.of("b"),
                        Optional.of("a"),
                        Optional.empty(),
                        Optional.of("data.t"),
                        false,
                        Optional.empty())),
                Optional.of("run-1"),
                Optional.empty(),
                ',',
                true,
                true,
                false,
                DatasetConfig.Ordinals.REFUSE));
    assertThat(config.datasets().get("file"))
        .extracting(DatasetConfig::delimiter, DatasetConfig::header, DatasetConfig::skipBadLines)
        .containsExactly(';', false, true);
    assertThat(config.datasets().get("file").columns().orElseThrow())
        .extracting(DatasetColumns::seq, DatasetColumns::hashedSeq)
        .containsExactly(Optional.of("3"), true);
    DatasetConfig several = config.datasets().get("several");
    assertThat(several.paths())
        .extracting(DatasetPath::text)
        .containsExactly("a.ndjson", "b*.ndjson");
    assertThat(several.ordinals()).isEqualTo(DatasetConfig.Ordinals.CONTINUE);
    assertThat(several.columns().orElseThrow().each()).contains("data");
    assertThat(several.columns().orElseThrow().srcTs())
        .isEqualTo(
            new DatasetColumns.TimeColumn(
                "$.ts",
                DatasetColumns.TimeUnit.US,
                Optional.of(Instant.parse("1962-01-02T00:00:00Z")),
                Optional.of(Instant.parse("2029-12-31T23:00:00Z"))));
    assertThat(config.datasets().get("stored"))
        .extracting(DatasetConfig::type, DatasetConfig::symbol, DatasetConfig::columns)
        .containsExactly(DatasetConfig.Type.TICKS, Optional.empty(), Optional.empty());
    assertThat(config.datasets().get("minutes").interval()).contains(Interval.parse("1m"));
    assertThat(config.datasets().get("minutes").columns().orElseThrow())
        .extracting(DatasetColumns::price, DatasetColumns::bars)
        .containsExactly(
            Optional.empty(),
            Optional.of(new DatasetColumns.BarColumns("o", "h", "l", "c", Optional.of("v"))));
    assertThat(config.datasets().get("candles").interval()).contains(Interval.parse("1m"));
  }

  private static String place(String key, int offset) {
    int at = EVERYTHING.indexOf(key) + offset;
    int lineStart = EVERYTHING.lastIndexOf('\n', at) + 1;
    long line = EVERYTHING.substring(0, at).lines().count();
    return "streaming.yaml:" + line + ":" + (at - lineStart + 1);
  }

  @Test
  void aColumnOfSymbolsTakesThePlaceOfTheOneSymbol() {
    DatasetConfig dataset =
        ConfigFixture.config(
                """
                datasets:
                  many:
                    type: csv
                    path: many.csv
                    provider: binance
                    columns: { src_ts: { path: ts, unit: ms }, price: p, symbol: s }
                """)
            .datasets()
            .get("many");

    assertThat(dataset.symbol()).isEmpty();
    assertThat(dataset.columns().orElseThrow().symbol()).contains("s");
    assertThat(dataset.skipOtherLines()).isFalse();
  }

  @Test
  void theRedisSectionIsChosenByItsType() {
    MdpConfig config = ConfigFixture.config(EVERYTHING.replace("type: kafka", "type: redis"));

    assertThat(config.bus())
        .isEqualTo(
            new RedisConfig(
                Secret.url("rediss://h:1/2"),
                "ev",
                "sg",
                "g",
                4,
                Interval.parse("2h"),
                Interval.parseLength("14d"),
                Optional.empty()));
    assertThat(config.bus().topic()).isEqualTo("ev");
  }
}

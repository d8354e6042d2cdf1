package dev.mdp.config;

import static dev.mdp.config.ConfigFixture.load;
import static dev.mdp.config.ConfigFixture.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
  private static final String FILE = "micro_batch: { allow_late_ms: 1 }\n";

  @Test
  void aFlagBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() {
    Map<String, String> environment = Map.of("MDP_MICRO_BATCH_ALLOW_LATE_MS", "2");

    assertThat(lateOf(load(""))).isEqualTo(500);
    assertThat(lateOf(load(FILE))).isEqualTo(1);
    assertThat(lateOf(load(FILE, environment))).isEqualTo(2);
    assertThat(lateOf(load(FILE, environment, "micro_batch.allow_late_ms=3"))).isEqualTo(3);
  }

  @Test
  void theOriginOfEachValueIsKept() {
    LoadedConfig loaded =
        load(
            "store: { url: \"${DB:-postgresql://a/b}\", pool_max: \"${POOL}\" }\n" + FILE,
            Map.of("POOL", "4", "MDP_TICKS_BATCH_SIZE", "9"),
            "telemetry.metrics_port=0");

    assertThat(loaded.origin("store.url")).hasToString("file streaming.yaml:1:15");
    assertThat(loaded.chosen("store.url")).isFalse();
    assertThat(loaded.origin("store.pool_max")).hasToString("file streaming.yaml:1:52 (POOL)");
    assertThat(loaded.config().store().poolMax()).isEqualTo(4);
    assertThat(loaded.chosen("store.pool_max")).isTrue();
    assertThat(loaded.origin("ticks.batch_size")).hasToString("environment MDP_TICKS_BATCH_SIZE");
    assertThat(loaded.origin("telemetry.metrics_port")).hasToString("flag --set");
    assertThat(loaded.origin("micro_batch.allow_late_ms")).hasToString("file streaming.yaml:2:31");
    assertThat(loaded.origin("micro_batch.lease_ms")).hasToString("default");
    assertThat(loaded.chosen("micro_batch.lease_ms")).isFalse();
  }

  @Test
  void wellKnownVariablesAreReadWhenTheFileDoesNotNameTheKey() {
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL", "postgres://e/db",
            "REDIS_URI", "redis://e:1",
            "KAFKA_BOOTSTRAP", "e:9");

    MdpConfig unnamed = load("", environment).config();
    MdpConfig named = load("store: { url: \"postgresql://file/db\" }", environment).config();

    assertThat(unnamed.store().url().reveal()).isEqualTo("postgres://e/db");
    assertThat(((RedisConfig) unnamed.bus()).uri().reveal()).isEqualTo("redis://e:1");
    assertThat(load("", environment).chosen("bus.redis.uri")).isTrue();
    assertThat(named.store().url().reveal()).isEqualTo("postgresql://file/db");
    assertThat(load("bus: { type: kafka }", environment).config().bus())
        .extracting(bus -> ((KafkaConfig) bus).bootstrapServers().reveal())
        .isEqualTo("e:9");
  }

  @Test
  void listsFromFlagsAndVariablesAreSeparatedByCommas() {
    MdpConfig config =
        load(
                "",
                Map.of("MDP_PRODUCERS_SYNTHETIC_SYMBOLS", "eurusd, NO"),
                "micro_batch.windows=[2s,1m]")
            .config();

    assertThat(config.producers().of("synthetic").symbols())
        .containsExactly(new Symbol("EURUSD"), new Symbol("NO"));
    assertThat(config.microBatch().windows())
        .containsExactly(Interval.parse("2s"), Interval.parse("1m"));
  }

  @Test
  void aDatasetCanBeMadeOfFlagsAlone() {
    DatasetConfig dataset =
        load(
                "",
                Map.of(),
                "datasets.d.type=csv",
                "datasets.d.path=a=b.csv",
                "datasets.d.provider=p",
                "datasets.d.symbol=S",
                "datasets.d.columns.src_ts.path=t",
                "datasets.d.columns.src_ts.unit=ns",
                "datasets.d.columns.price=p",
                "bus.kafka.properties.security.protocol=SSL")
            .config()
            .datasets()
            .get("d");

    assertThat(dataset.paths())
        .containsExactly(new DatasetPath("a=b.csv", "--set datasets.d.path"));
    assertThat(dataset.columns().orElseThrow().srcTs())
        .isEqualTo(new DatasetColumns.TimeColumn("t", DatasetColumns.TimeUnit.NS));
  }

  @Test
  void flagNamesSeveralFilesInBracketsElseACommaIsPartOfTheName() {
    String file =
        "datasets: { d: { type: csv, path: [x, y], provider: p, symbol: S, columns: { src_ts: t, price: p } } }\n";

    assertThat(paths(file)).containsExactly("x", "y");
    assertThat(paths(file, "datasets.d.path=a,b.csv")).containsExactly("a,b.csv");
    assertThat(paths(file, "datasets.d.path=[a.csv, b.csv]")).containsExactly("a.csv", "b.csv");
  }

  private static List<String> paths(String file, String... sets) {
    return load(file, Map.of(), sets).config().datasets().get("d").paths().stream()
        .map(DatasetPath::text)
        .toList();
  }

  @Test
  void anUnknownPathOfAFlagOrVariableIsAProblem() {
    String told =
        problems(
            "",
            Map.of("MDP_MICRO_BATCH_ALOW_LATE_MS", "1", "MDP_JAVA_OPTS", "-Xmx1g"),
            "micro_batch.alow_late_ms=1",
            "nonsense",
            "telemetry.metrics_port=x");

    assertThat(told)
        .contains("--set micro_batch.alow_late_ms: unknown key")
        .contains("did you mean 'micro_batch.allow_late_ms'?")
        .contains("environment MDP_MICRO_BATCH_ALOW_LATE_MS: names no key")
        .contains("did you mean 'MDP_MICRO_BATCH_ALLOW_LATE_MS'?")
        .contains("--set: want path=value")
        .contains("--set telemetry.metrics_port: want a whole number")
        .doesNotContain("metrics_port: telemetry.metrics_port")
        .doesNotContain("JAVA_OPTS");
  }

  @Test
  void missingVariablesAreAllowedOnRequest() {
    ConfigLoader loader = new ConfigLoader(Map.of(), Path.of("."));
    String yaml =
        "store: { url: \"${DB:?set it to the database}\" }\n"
            + "datasets: { d: { type: ticks, provider: \"${P}\" } }\n";

    assertThat(problems(yaml))
        .contains("streaming.yaml:1:15: store.url: variable DB is not set: set it to the database")
        .contains("variable P is not set")
        .doesNotContain("provider: is missing");
    assertThat(loader.read("s", yaml, List.of(), true).config().store().url().reveal())
        .isEqualTo("postgresql://localhost:5432/market_data");
  }

  private static long lateOf(LoadedConfig loaded) {
    return loaded.config().microBatch().shards().allowLate().toMillis();
  }
}

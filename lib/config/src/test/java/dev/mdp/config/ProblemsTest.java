package dev.mdp.config;

import static dev.mdp.config.ConfigFixture.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {
  @Test
  void anUnknownKeyIsToldWithItsPlaceTheNearestKeyTheLineAndACaret() {
    assertThat(problems("version: 1\nmicro_batch:\n  alow_late_ms: 5\n"))
        .isEqualTo(
            """
            streaming.yaml:3:3: unknown key 'alow_late_ms' — did you mean 'allow_late_ms'?
                alow_late_ms: 5
                ^\
            """);
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String told =
        problems(
            """
            telemetry: { metrics_port: 99999 }
            micro_batch: { window_ms: 0 }
            bus: { type: rediss }
            nonsense: 1
            """);

    assertThat(told)
        .containsSubsequence(
            "streaming.yaml:1:28: telemetry.metrics_port: want a whole number from 0 to 65535, was 99999",
            "streaming.yaml:2:27: micro_batch.window_ms: want a whole number from 1 to",
            "streaming.yaml:3:14: bus.type: want one of redis, kafka, was 'rediss' — did you mean 'redis'?",
            "streaming.yaml:4:1: unknown key 'nonsense' (known: bus, datasets,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "producers: { synthetic: { symbols: [SPY, NO] } }|1:42|YAML reads NO as a boolean: quote it, \"NO\"",
        "producers: { synthetic: { symbols: [0700] } }|1:37|YAML reads 0700 as a number: quote it",
        "producers: { synthetic: { symbols: ['a;b'] } }|1:37|not a symbol: 'A;B'",
        "producers: { synthetic: { symbols: SPY } }|1:36|want a list, e.g. [a, b]",
        "producers: { synthetic: { symbols: [] } }|1:36|must name at least one symbol",
        "producers: { synthetic: { symbols: [A, a] } }|1:36|names a symbol twice",
        "producers: { synthetic: { enabled: yes } }|1:36|want true or false, was yes",
        "producers: { synthetic: { tick_rate: .inf } }|1:38|want a number from",
        "micro_batch: { window_ms: 010 }|1:27|want a whole number",
        "micro_batch: { window_ms: 12:30:45 }|1:27|want a whole number",
        "micro_batch: { window_ms: '2000' }|1:27|was the text \"2000\": drop the quotes",
        "micro_batch: { window_ms: 1.5 }|1:27|want a whole number",
        "micro_batch: { window_ms: }|1:26|has no value",
        "micro_batch: { window_ms: [1] }|1:27|want a single value",
        "micro_batch: { windows: [60s, 1m] }|1:25|names an interval twice",
        "micro_batch: { windows: [0s] }|1:26|not an interval: '0s'",
        "micro_batch: { max_future_ms: 20000 }|1:31|must be at most revise_late_ms (10000), was 20000",
        "inference: { revise_late_ms: 100 }|1:30|must be at least micro_batch.max_future_ms (5000), was 100",
        "micro_batch: { revise_late_ms: 100 }|1:14|max_future_ms: must be at most revise_late_ms (100), was 5000",
        "micro_batch: { window_size: 5 }|1:16|key 'window_size' is not used here: one window is 'window_ms'",
        "micro_batch: 5|1:14|want a mapping",
        "micro_batch: { window_ms: 1, window_ms: 2 }|1:30|duplicate key 'window_ms' (first in line 1)",
        "bus: { redis: { url: 'redis://x' } }|1:17|the address is 'uri'",
        "bus: { redis: { uri: 'http://x' } }|1:22|must begin with redis://",
        "bus: { redis: { stream: 'a b' } }|1:25|not a stream name: 'a b'",
        "bus: { redis: { retention: 24 } }|1:28|not an interval: '24'",
        "bus: { kafka: { bootstrap_servers: 'localhost' } }|1:36|want host:port",
        "store: { url: mysql://x }|1:15|must begin with postgresql://",
        "features: { windows: [{ name: ret, horizon: 1m }, { name: ret, horizon: 2m }] }|1:59|'ret' is used twice",
        "features: { windows: 3 }|1:22|want a list of mappings",
        "inference: { adapters: { onnx: { enabled: true } } }|1:32|must name the model's file",
        "inference: { every: 2 }|1:21|not an interval: '2'",
        "inference: { adapters: { onnx: { model_sha256: ab } } }|1:48|want 64 hexadecimal digits, was 'ab'",
        "inference: { adapters: { onnx: { inputs: [a, a] } } }|1:42|names a feature twice",
        "inference: { adapters: { onnx: { inputs: ['a b'] } } }|1:43|not a feature's name: 'a b'",
        "inference: { adapters: { onnx: { classes: { up: .nan } } } }|1:49|want a number from",
        "inference: { adapters: { onnx: { classes: [up] } } }|1:43|want a mapping",
        "inference: { adapters: { onnx: { deadline_ms: 0 } } }|1:47|want a whole number from 1 to 60000",
        "inference: { adapters: { onnx: { timeout_ms: 5 } } }|1:34|is 'deadline_ms'",
        "inference: { adapters: { sklearn: { }, onnx: { } } }|1:35|the same as 'onnx': give one of them",
        "inference: { adapters: { onnx: { model: m.onnx } } }|1:34|did you mean 'model_path'?",
        "version: 2|1:10|want a whole number from 1 to 1, was 2",
        "telemetry: { log_level: INFOO }|1:25|did you mean 'info'",
        "datasets: { d: { type: parquet } }|1:24|want one of csv, ndjson, ticks, bars, was 'parquet'",
        "datasets: { d: { type: ticks, provider: p, path: x } }|1:44|type is ticks, only csv and ndjson have a path",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S } }|1:16|src_ts: is missing",
        "datasets: { d: { type: csv, path: [], provider: p, symbol: S } }|1:35|path: is missing, e.g. path: data/ticks.csv",
        "datasets: { d: { type: csv, path: [a, {b: c}], provider: p, symbol: S } }|1:39|datasets.d.path: want a list of single values",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, ordinals: continue, columns: { src_ts: t, price: p, seq: i } } }|1:72|continue is for files without a seq",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, interval: 1m, columns: { src_ts: t, price: p, open: o, high: h, low: l, close: c } } }|1:98|the records are bars, since interval is given: they have open, high, low, close and volume",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, columns: { src_ts: t, price: p, open: o } } }|1:94|the records are ticks, with a price and a size; for bars give their interval",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, interval: 1m, columns: { src_ts: t, open: o, high: h, low: l } } }|1:85|close: is missing",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, ordinals: continue, interval: 1m, columns: { src_ts: t, open: o, high: h, low: l, close: c } } }|1:72|continue is for ticks; bars have no ordinals",
        "datasets: { d: { type: ticks, provider: p, lane: fill-7 } }|1:50|lane: want another name than 'fill-7': names that begin with 'fill-' are those of lanes that fill the holes of live feeds",
        "datasets: { d: { type: ticks, provider: p, interval: 1m } }|1:44|type is ticks, only bars and files of them have an interval",
        "datasets: { d: { type: ticks, provider: p, ordinals: continue } }|1:44|type is ticks, only csv and ndjson have ordinals",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, columns: { each: d, src_ts: t, price: p } } }|1:79|type is csv, only ndjson has each",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, columns: { src_ts: { path: t, earliest: x }, price: p } } }|1:102|want a time such as 2025-10-24T14:00:00Z or 2025-10-24, was x",
        "datasets: { d: { type: csv, path: x, provider: p, symbol: S, columns: { src_ts: { path: t, earliest: 2020-01-01, latest: 2020-01-01 }, price: p } } }|1:122|latest: must be after earliest",
        "a: &a [1, *a]|1:1|an alias of itself",
        "<<: { a: 1 }|1:1|merge keys",
        "- 1|1:1|want keys and values",
        "a: [1|1:|not YAML",
      })
  void eachMistakeIsNamedAtItsPlace(String yaml, String place, String message) {
    assertThat(problems(yaml)).contains("streaming.yaml:" + place).contains(message);
  }

  @Test
  void twoDocumentsInOneFileAreRefused() {
    assertThat(problems("version: 1\n---\nversion: 1\n")).contains("not YAML: ");
  }

  @Test
  void aliasBombsAreRefusedQuickly() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 6; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", alias, alias, alias)));
    }
    String wide = "x: &x [%s]\ny: [*x, *x, *x, *x, *x, *x]\n".formatted("1,".repeat(4_000) + "1");

    assertThat(problems(bomb.toString())).contains("7:1: unknown key 'a6'");
    assertThat(problems(wide)).contains("more than 20000 values after expanding aliases");
  }

  @Test
  void aPasswordNeverReachesTheMessageNorTheSourceLine() {
    String yaml =
        "store: { url: \"postgresql://u:hunter2@h/db\", pol_max: 3 }\n"
            + "bus: { redis: { uri: \"redi://:hunter2@h\" }, kafka: { properties: { sasl.password: hunter2, x: [] } } }\n";

    String told = problems(yaml, Map.of("MDP_STORE_URL", "mysql://u:hunter2@x/y"));

    assertThat(told)
        .contains("unknown key 'pol_max'")
        .contains("***@h/db")
        .doesNotContain("hunter2");
  }

  @Test
  void theCaretStaysUnderTheKeyBehindARedactedPassword() {
    String told = problems("store: { url: \"postgresql://u:hunter2@h/db\", pol_max: 3 }\n");

    String[] lines = told.split("\n");
    assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("pol_max");
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people and programs get wrong, each with its message and its exit code.
class BadInputIT {
  private static final String NOBODY = "127.0.0.1:1";

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void everyMalformedEntryBecomesOneDeadLetterWithItsReason() {
    Map<String, String> reasons = new TreeMap<>();
    poison(reasons, "malformed", "{nonsense");
    poison(reasons, "malformed", "[1,2]");
    poison(reasons, "malformed", tick("\"c\":1.5,\"c\":1.6"));
    poison(reasons, "unknown_version", tick("\"ver\":2,\"c\":1.5"));
    poison(reasons, "unknown_kind", tick("\"kind\":\"trade\",\"c\":1.5"));
    poison(reasons, "bad_price", tick("\"v\":1"));
    poison(reasons, "bad_price", tick("\"c\":1e400"));
    poison(reasons, "bad_price", tick("\"c\":\"NaN\""));
    poison(reasons, "bad_size", tick("\"c\":1.5,\"v\":-1"));
    poison(reasons, "bad_symbol", tick("\"c\":1.5").replace("SPY", "S\\u001bPY"));
    poison(reasons, "bad_provider", tick("\"c\":1.5").replace("\"p\"", "\"p|q\""));
    poison(reasons, "bad_time", tick("\"c\":1.5").replace("2025-10-24T14:00:00Z", "yesterday"));
    poison(reasons, "bad_time", "{\"provider\":\"p\",\"symbol\":\"SPY\",\"c\":1.5}");
    reasons.put(scenario.redis().xadd(scenario.stream(), "other", "field"), "malformed");
    scenario.xadd(tick("\"c\":7.25,\"v\":1"));

    consume();

    Map<String, String> letters = new TreeMap<>();
    for (Map<String, String> letter : deadLetters()) {
      assertThat(letters.put(letter.get("position"), letter.get("reason")))
          .as("one dead letter for an entry: %s", letter)
          .isNull();
      assertThat(letter).containsKeys("data", "group", "topic", "shard", "at");
    }
    assertThat(letters).isEqualTo(reasons);
    assertThat(scenario.rows("SELECT symbol, price FROM tick_data")).containsExactly("SPY|7.25");
    assertThat(scenario.rows("SELECT symbol, close, trade_count FROM bars_ohlcv"))
        .containsExactly("SPY|7.25|1");
    assertThat(scenario.rows("SELECT job_name, rows_failed, status FROM job_runs ORDER BY 1"))
        .containsExactly("micro-batch|14|success", "ticks|14|success");
  }

  @Test
  void aProducerThatIsSwitchedOffSendsNothing() {
    scenario.sections("producers: { synthetic: { enabled: false } }\n").datasets("");

    Outcome produce = scenario.mdp("stream", "produce", "--limit", "5").requireCode(78);
    Outcome up = scenario.mdp("up", "--for", "1s").requireCode(78);
    scenario
        .mdp("stream", "produce", "--limit", "5", "--set", "producers.synthetic.enabled=true")
        .requireCode(0);

    produce.requireOneLine("producers.synthetic.enabled is false", "streaming.yaml", "--set");
    up.requireOneLine("producers.synthetic.enabled is false");
    assertThat(scenario.redis().xlen(scenario.stream())).isEqualTo(5);
  }

  @Test
  void eventFromTheFutureIsADeadLetterAndMovesNoWatermark() {
    Instant now = Instant.now();
    String position =
        scenario.xadd(LiveTicks.tick("p", "SPY", now.plus(Duration.ofHours(1)), 1, 10));
    scenario.xadd(LiveTicks.tick("p", "SPY", now.minusSeconds(3), 2, 11));

    consume();

    assertThat(deadLetters())
        .extracting(letter -> letter.get("group"), letter -> letter.get("reason"))
        .containsExactlyInAnyOrder(
            tuple(scenario.group("micro-batcher"), "future"),
            tuple(scenario.group("tick-consumer"), "future"));
    assertThat(deadLetters()).allMatch(letter -> position.equals(letter.get("position")));
    assertThat(scenario.rows("SELECT close FROM bars_ohlcv")).containsExactly("11");
    assertThat(scenario.rows("SELECT price FROM tick_data")).containsExactly("11");
  }

  @Test
  void withoutATickGroupMicroBatchWritesTheDeadLetters() {
    String position = scenario.xadd("{nonsense");

    scenario.mdp("stream", "micro-batch", "--until-idle", "500ms").requireCode(0);

    assertThat(deadLetters()).hasSize(1);
    assertThat(deadLetters().getFirst())
        .containsEntry("position", position)
        .containsEntry("data", "{nonsense")
        .containsEntry("group", scenario.group("micro-batcher"));
  }

  @Test
  void eventForASealedWindowIsADeadLetterAndIsKeptAsATick() {
    scenario.xadd(LiveTicks.tick("p", "SPY", Instant.parse("2025-10-24T14:00:00Z"), 1, 10));
    scenario.xadd(LiveTicks.tick("p", "SPY", Instant.parse("2025-10-24T14:05:00Z"), 2, 11));
    scenario.xadd(LiveTicks.tick("p", "SPY", Instant.parse("2025-10-24T14:00:01Z"), 3, 12));

    consume();

    assertThat(deadLetters()).hasSize(1);
    assertThat(deadLetters().getFirst())
        .containsEntry("reason", "sealed")
        .containsEntry("intervals", "2s");
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(3);
    assertThat(scenario.rows("SELECT close FROM bars_ohlcv ORDER BY ts"))
        .containsExactly("10", "11");
  }

  @Test
  void typoInTheConfigurationNamesItsPlaceAndTheLikelyKey() {
    scenario.write(
        "typo.yaml",
        "version: 1\nmicro_batch:\n  alow_late_ms: 3\n  window_ms: -5\ntelemetry: {metrics_port: 0}\n");

    Outcome outcome = scenario.mdp("stream", "micro-batch", "-c", "typo.yaml").requireCode(78);

    assertThat(outcome.err())
        .contains(
            "typo.yaml:3:3: unknown key 'alow_late_ms' — did you mean 'allow_late_ms'?",
            "typo.yaml:4:14: micro_batch.window_ms: want a whole number from 1",
            "was -5",
            "Nothing was started.")
        .doesNotContain("\tat ");
    assertThat(scenario.count("SELECT count(*) FROM job_runs")).isZero();
  }

  @Test
  void badDatasetsAreNamedWithFileAndLineAndTheirRunsAreFailures() {
    scenario.write("good.csv", "time,price\n1570752011620,1.5\n");
    scenario.write("text.csv", "time,price\n1570752011620,1.5\n1570752012620,abc\n");
    scenario.write("short.csv", "time,price\n1570752011620,1.5\n1570752012620\n");
    scenario.write("late.csv", "time,price\n1570752011620,1.5\n1570752001620,2.5\n");
    scenario.datasets(
        csv("column", "good.csv").replace("path: time", "path: tme")
            + csv("text", "text.csv")
            + csv("short", "short.csv")
            + csv("late", "late.csv")
            + csv("gone", "gone.csv"));

    requireBadDataset("lat", "no dataset 'lat'", "did you mean 'late'?");
    requireBadDataset("column", "good.csv:1: src_ts: no column 'tme'", "did you mean 'time'?");
    requireBadDataset("text", "text.csv:3: price: not a number: 'abc'");
    requireBadDataset("short", "short.csv:3: 2 columns", "found 1");
    requireBadDataset("late", "late.csv:3: out of order", "10000 ms before", "--sort");
    requireBadDataset("gone", "gone.csv: no such file");

    assertThat(
            scenario.rows(
                "SELECT dataset_name, status, error_message IS NOT NULL FROM job_runs ORDER BY id"))
        .containsExactly(
            "column|failure|t",
            "text|failure|t",
            "short|failure|t",
            "late|failure|t",
            "gone|failure|t");
    scenario
        .mdp("stream", "replay", "--dataset", "late", "--speed", "max", "--sort")
        .requireCode(0);
  }

  @Test
  void badOptionsAreUsageErrorsThatNameTheOption() {
    scenario.write("good.csv", "time,price\n1570752011620,1.5\n");
    scenario.datasets(csv("good", "good.csv"));

    requireUsage(
        "--from must be before --to",
        "stream",
        "replay",
        "--dataset",
        "good",
        "--from",
        "2025-02-01",
        "--to",
        "2025-01-01");
    requireUsage("--from", "stream", "replay", "--dataset", "good", "--from", "soon");
    requireUsage("--speed", "stream", "replay", "--dataset", "good", "--speed", "0");
    requireUsage("--window: not an interval: '0'", "stream", "micro-batch", "--window", "0");
    requireUsage("--window: not an interval: '0s'", "stream", "micro-batch", "--window", "1m,0s");
    requireUsage(
        "unknown provider 'nope' (available: binance, binance_agg, coinbase, kraken, synthetic)",
        "stream",
        "produce",
        "--provider",
        "nope");
    requireUsage("unknown provider 'nope'", "up", "--provider", "nope");
    requireUsage("--limit: must be positive, was 0", "stream", "produce", "--limit", "0");
    requireUsage("--rate: must be positive", "stream", "produce", "--rate", "-1");
    requireUsage("--symbols", "stream", "produce", "--symbols", "a|b");
    requireUsage("--symbols", "up", "--symbols", "a|b");
    requireUsage(
        "--rate is for --provider synthetic",
        "stream",
        "produce",
        "--provider",
        "kraken",
        "--rate",
        "2");
    requireUsage("--batch-size: must be positive", "stream", "ticks", "--batch-size", "0");
    requireUsage("did you mean 'micro-batch'?", "stream", "micro-batc");
    scenario
        .mdp("stream", "micro-batch", "--set", "micro_batch.window_ms=0")
        .requireCode(78)
        .requireOneLine("micro_batch.window_ms", "was 0");
    assertThat(scenario.count("SELECT count(*) FROM job_runs")).isZero();
  }

  @Test
  void aServerThatIsDownAtTheStartIsOneLineAndNoStack() {
    String redis = "bus.redis.uri=redis://" + NOBODY + "/0";
    String database = "store.url=postgresql://mdp@" + NOBODY + "/x";
    for (List<String> worker :
        List.of(
            List.of("stream", "micro-batch"),
            List.of("stream", "ticks"),
            List.of("stream", "produce"))) {
      down(worker, redis, "--wait", "0").requireOneLine("Redis at " + NOBODY);
      down(worker, database, "--wait", "0").requireOneLine("database " + NOBODY + "/x");
    }
    down(List.of("stream", "tail"), redis).requireOneLine("Redis at " + NOBODY);
    down(List.of("datastore", "status"), database).requireOneLine("database " + NOBODY);
    down(List.of("datastore", "migrate"), database).requireOneLine("database " + NOBODY);
    Outcome waited = down(List.of("stream", "ticks"), redis, "--wait", "1s");
    assertThat(waited.err().lines().toList()).hasSize(2);
    assertThat(waited.err()).contains("trying for 1 s");
  }

  @Test
  void aDatabaseThatIsNotMigratedOrTooNewSaysWhatToDo() {
    try (Scenario empty = Scenario.empty()) {
      for (List<String> command :
          List.of(
              List.of("stream", "micro-batch", "--wait", "0"),
              List.of("stream", "ticks", "--wait", "0"),
              List.of("stream", "produce", "--wait", "0"),
              List.of("stream", "checkpoints", "list"),
              List.of("datastore", "job-runs-list"))) {
        empty
            .mdp(command.toArray(String[]::new))
            .requireCode(78)
            .requireOneLine("mdp datastore migrate");
      }
      empty.mdp("datastore", "migrate", "--check").requireCode(3);
      empty.mdp("datastore", "status").requireCode(3);
      assertThat(empty.count("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .as("looking changes nothing")
          .isZero();
    }
    scenario.execute(
        "INSERT INTO flyway_schema_history SELECT 99, '0099', 'from the future', type, 'V0099__x.sql', checksum, installed_by, now(), 1, true FROM flyway_schema_history WHERE version = '0003'");
    for (List<String> command :
        List.of(
            List.of("stream", "ticks", "--wait", "0"),
            List.of("datastore", "migrate"),
            List.of("datastore", "job-runs-list"))) {
      scenario.mdp(command.toArray(String[]::new)).requireCode(78).requireOneLine("newer", "99");
    }
  }

  @Test
  void ofTwoMigrationsAtOnceOneWaitsForTheOther() {
    try (Scenario empty = Scenario.empty()) {
      RunningCommand one = empty.start("datastore", "migrate", "--output", "json");
      RunningCommand two = empty.start("datastore", "migrate", "--output", "json");

      int applied =
          one.await(0).json().at("/data/applied").asInt()
              + two.await(0).json().at("/data/applied").asInt();

      assertThat(applied)
          .isEqualTo(
              empty
                  .mdp("datastore", "status", "--output", "json")
                  .json()
                  .at("/data/program_version")
                  .asInt());
      empty.mdp("datastore", "migrate", "--check").requireCode(0);
    }
  }

  @Test
  void aFullDiskMakesTheWorkersWaitAndGoOnWithNothingLost() {
    scenario.execute(
        """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON bars_ohlcv EXECUTE FUNCTION full_disk();
        CREATE TRIGGER full_disk BEFORE INSERT ON tick_data EXECUTE FUNCTION full_disk();
        """);
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(60), 300);
    Child microBatch = scenario.child("stream", "micro-batch", "--window", "2s");
    Child ticks = scenario.child("stream", "ticks");
    microBatch.awaitErr("the database's disk is full");
    ticks.awaitErr("the database's disk is full");
    LiveTicks.send(scenario, "q", "QQQ", Instant.now().minusSeconds(60), 300);
    scenario.execute("DROP TRIGGER full_disk ON bars_ohlcv; DROP TRIGGER full_disk ON tick_data");

    scenario.await("SELECT count(*) FROM tick_data", "600");
    scenario.await("SELECT sum(trade_count) FROM bars_ohlcv", "600");
    microBatch.awaitErr("resumed after");
    ticks.awaitErr("resumed after");

    Outcome bars = microBatch.terminate().requireCode(0);
    Outcome stored = ticks.terminate().requireCode(0);
    Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS);
    for (Outcome outcome : List.of(bars, stored)) {
      assertThat(outcome.err().lines().filter(line -> line.contains("disk is full")))
          .as("said once: %s", outcome.err())
          .hasSize(1);
      assertThat(outcome.err()).contains("resumed after").doesNotContain("\tat ");
    }
    assertThat(scenario.redis().exists(scenario.stream() + ".dlq")).isZero();
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() throws Exception {
    List<String> command = Child.javaCommand("datastore", "status", "--output", "json");
    Process process =
        new ProcessBuilder(command)
            .directory(scenario.folder().toFile())
            .redirectOutput(new java.io.File("/dev/full"))
            .start();
    String err = new String(process.getErrorStream().readAllBytes());

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err).contains("cannot write the results to standard output").doesNotContain("\tat ");
  }

  private void consume() {
    RunningCommand ticks = scenario.start("stream", "ticks", "--until-idle", "1500ms");
    scenario.await("SELECT count(*) FROM stream_checkpoints", "1");
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    ticks.await(0);
  }

  private List<Map<String, String>> deadLetters() {
    return scenario
        .redis()
        .xrange(scenario.stream() + ".dlq", io.lettuce.core.Range.unbounded())
        .stream()
        .map(message -> message.getBody())
        .toList();
  }

  private void poison(Map<String, String> reasons, String reason, String data) {
    reasons.put(scenario.xadd(data), reason);
  }

  private static String tick(String fields) {
    return "{\"provider\":\"p\",\"symbol\":\"SPY\",\"src_ts\":\"2025-10-24T14:00:00Z\","
        + fields
        + "}";
  }

  private static String csv(String name, String file) {
    return "%s: { type: csv, path: %s, provider: p, symbol: SPY, columns: { src_ts: { path: time, unit: ms }, price: price } }\n"
        .formatted(name, file);
  }

  private void requireBadDataset(String name, String... parts) {
    scenario
        .mdp("stream", "replay", "--dataset", name, "--speed", "max")
        .requireCode(65)
        .requireOneLine(parts);
  }

  private void requireUsage(String part, String... args) {
    Outcome outcome = scenario.mdp(args).requireCode(2);
    assertThat(outcome.err())
        .as(outcome.command())
        .contains(part, "try 'mdp", "--help'")
        .doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
  }

  private Outcome down(List<String> command, String set, String... more) {
    List<String> args = new java.util.ArrayList<>(command);
    args.addAll(List.of("--set", set));
    args.addAll(List.of(more));
    return scenario.mdp(args.toArray(String[]::new)).requireCode(69);
  }
}

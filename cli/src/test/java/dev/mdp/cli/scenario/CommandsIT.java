package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The commands that look at what the workers left, on a database with something in it.
class CommandsIT {
  private static final List<List<String>> LOOKING =
      List.of(
          List.of("datastore", "status"),
          List.of("datastore", "job-runs-list"),
          List.of("datastore", "job-runs-list", "--limit", "1", "--job-name", "ticks"),
          List.of("datastore", "job-runs-inspect", "1"),
          List.of("datastore", "job-runs-summary"),
          List.of("stream", "checkpoints", "list"),
          List.of("stream", "shard-of", "p", "spy"));

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void everyTableFitsTheTerminalAndLosesNothingInAPipe() {
    fill();
    for (List<String> command : LOOKING) {
      String[] args = command.toArray(String[]::new);
      Outcome piped = scenario.mdp(args).requireCode(0);
      Outcome narrow = scenario.mdp(Map.of("COLUMNS", "60"), args).requireCode(0);
      Outcome wide = scenario.mdp(Map.of("COLUMNS", "200"), args).requireCode(0);

      assertThat(piped.out()).as(piped.command()).isNotBlank().doesNotContain("…", "\u001b");
      assertThat(wide.out()).as(wide.command()).isNotBlank();
      boolean table = narrow.out().lines().findFirst().orElse("").strip().split(" {2,}").length > 2;
      if (table) {
        assertThat(narrow.out().lines()).as(narrow.command()).allMatch(line -> line.length() <= 60);
      }
    }
    Outcome narrow = scenario.mdp(Map.of("COLUMNS", "60"), "stream", "checkpoints", "list");
    assertThat(narrow.out())
        .contains("group            " + scenario.group("micro-batcher"), "position");
    Outcome list = scenario.mdp(Map.of("COLUMNS", "200"), "datastore", "job-runs-list");
    assertThat(list.out().lines().findFirst().orElse("")).contains("id", "job_name", "status");
    assertThat(list.out().lines()).hasSize(3).allMatch(line -> line.length() <= 200);
  }

  @Test
  void everyFormatParses() {
    fill();
    for (List<String> command : LOOKING) {
      List<String> args = new ArrayList<>(command);
      args.addAll(List.of("--output", "json"));
      Outcome json = scenario.mdp(args.toArray(String[]::new)).requireCode(0);
      assertThat(json.json().path("ok").asBoolean()).as(json.out()).isTrue();
      assertThat(json.json().path("schema").asText()).startsWith("mdp.").endsWith("/v1");
      assertThat(json.json().path("data").isEmpty()).as(json.out()).isFalse();
      assertThat(json.json().path("error").isNull()).isTrue();

      args.set(args.size() - 1, "jsonl");
      Outcome lines = scenario.mdp(args.toArray(String[]::new)).requireCode(0);
      assertThat(lines.jsonLines()).as(lines.out()).isNotEmpty().allMatch(JsonNode::isObject);

      args.set(args.size() - 1, "csv");
      Outcome csv = scenario.mdp(args.toArray(String[]::new)).requireCode(0);
      assertThat(csv.out().lines().toList()).as(csv.command()).hasSizeGreaterThan(1);
      assertThat(csv.err()).isEmpty();
    }
    JsonNode runs = scenario.mdp("datastore", "job-runs-list", "-o", "json").json().path("data");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).at("/metadata/ledger").isObject()).isTrue();
  }

  @Test
  void aFailureUnderJsonIsAnEnvelopeTooOfTheSameSchema() {
    Outcome missing =
        scenario.mdp("datastore", "job-runs-inspect", "99", "--output", "json").requireCode(65);
    Outcome usage =
        scenario.mdp("datastore", "job-runs-list", "--limit", "0", "-o", "json").requireCode(2);
    Outcome away =
        scenario
            .mdp("datastore", "status", "-ojson", "--set", "store.url=postgresql://127.0.0.1:1/x")
            .requireCode(69);

    requireFailure(missing, "mdp.job_runs.inspect/v1", "data", 65);
    requireFailure(usage, "mdp.job_runs.list/v1", "usage", 2);
    requireFailure(away, "mdp.datastore.status/v1", "unavailable", 69);
    assertThat(missing.err()).contains("no job run has the id 99");
  }

  @Test
  void runWithoutAHeartbeatIsStuckAndRemovedWhenOld() {
    fill();
    scenario.mdp("datastore", "job-runs-stuck").requireCode(0);
    scenario.execute(
        """
        INSERT INTO job_runs (job_name, mode, status, started_at, metadata) VALUES
          ('dead', 'live', 'running', now() - interval '100 days', '{}'),
          ('quiet', 'live', 'running', now() - interval '2 days', '{}'),
          ('old', 'live', 'success', now() - interval '100 days', '{}');
        UPDATE job_runs SET completed_at = started_at WHERE job_name = 'old'
        """);

    Outcome stuck = scenario.mdp("datastore", "job-runs-stuck", "--output", "json").requireCode(3);
    scenario.mdp("datastore", "job-runs-cleanup").requireCode(2);
    Outcome refused = scenario.mdp("datastore", "job-runs-cleanup");
    Outcome dry =
        scenario.mdp("datastore", "job-runs-cleanup", "--dry-run", "-o", "json").requireCode(0);
    long afterDryRun = scenario.count("SELECT count(*) FROM job_runs");
    Outcome done =
        scenario.mdp("datastore", "job-runs-cleanup", "--confirm", "-o", "json").requireCode(0);

    assertThat(stuck.json().path("data").findValuesAsText("job_name"))
        .containsExactlyInAnyOrder("dead", "quiet");
    assertThat(stuck.json().path("ok").asBoolean()).isTrue();
    assertThat(refused.err()).contains("remove 2 job runs", "--confirm");
    assertThat(dry.json().path("data").toString()).isEqualTo("{\"found\":2,\"removed\":0}");
    assertThat(afterDryRun).isEqualTo(5);
    assertThat(done.json().path("data").toString()).isEqualTo("{\"found\":2,\"removed\":2}");
    assertThat(scenario.rows("SELECT job_name FROM job_runs ORDER BY 1"))
        .containsExactly("micro-batch", "quiet", "ticks");
  }

  @Test
  void tailEscapesWhatATerminalWouldObeyAndItsLinesParse() {
    scenario.xadd("{\"provider\":\"p\",\"symbol\":\"S\u001b[31mPY\u0007\"}");
    scenario.xadd(LiveTicks.tick("p", "QQQ", Instant.now(), 1, 10));
    scenario.xadd(LiveTicks.tick("p", "SPY", Instant.now(), 2, 11.5));

    Outcome table = scenario.mdp("stream", "tail", "--output", "table").requireCode(0);
    Outcome lines = scenario.mdp("stream", "tail").requireCode(0);
    Outcome symbol = scenario.mdp("stream", "tail", "--symbol", "spy").requireCode(0);
    Outcome newest = scenario.mdp("stream", "tail", "--limit", "1").requireCode(0);
    Outcome letters =
        scenario.mdp("stream", "tail", "--topic", scenario.stream() + ".dlq").requireCode(0);

    assertThat(table.out().lines().toList()).hasSize(3);
    assertThat(table.out())
        .contains("MALFORMED", "\\x1b[31m", "\\x07")
        .doesNotContain("MALFORMED malformed", "\u001b", "\u0007");
    assertThat(lines.jsonLines()).hasSize(3);
    assertThat(lines.out()).doesNotContain("\u001b", "\u0007");
    assertThat(lines.jsonLines().getFirst().has("malformed")).isTrue();
    assertThat(symbol.jsonLines()).hasSize(1);
    assertThat(symbol.jsonLines().getFirst().at("/event/c").asDouble()).isEqualTo(11.5);
    assertThat(newest.jsonLines()).hasSize(1);
    assertThat(newest.out()).isEqualTo(symbol.out());
    assertThat(letters.out()).isEmpty();
    assertThat(letters.err()).isEqualTo("no entry on topic '" + scenario.stream() + ".dlq'\n");
  }

  @Test
  void aSymbolOrTopicThatDoesNotExistAnswersAlikeEverywhere() {
    scenario.xadd(LiveTicks.tick("p", "SPY", Instant.now(), 1, 10));
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    String unknown = "unknown symbol 'SPYY' (available: SPY) — did you mean 'SPY'?";

    for (String command :
        List.of(
            "bars list",
            "bars export --from 1h",
            "ticks export --from 1h",
            "signals list",
            "verify bars",
            "stream tail",
            "stream dead-letters list",
            "stream dead-letters requeue",
            "stream dead-letters purge")) {
      Outcome wrong = scenario.mdp((command + " --symbol spyy").split(" "));
      assertThat(wrong.err()).as(command).contains("usage error: --symbol: " + unknown);
      wrong.requireCode(2);
    }
    // It exists, and this table or topic has nothing of it.
    for (String command :
        List.of("bars list", "signals list", "verify bars", "stream dead-letters list")) {
      scenario.mdp((command + " --symbol spy").split(" ")).requireCode(0);
    }
    Outcome topic = scenario.mdp("stream", "tail", "--topic", scenario.stream() + "x", "--follow");
    topic.requireCode(2);
    assertThat(topic.err())
        .contains("--topic: unknown topic '" + scenario.stream() + "x' (available: ")
        .contains("did you mean '" + scenario.stream() + "'?");
    scenario.mdp("stream", "tail", "--topic", scenario.stream() + ".dlq").requireCode(0);
  }

  @Test
  void shardsCountsWhatTheGroupHasNotCommitted() {
    for (int i = 0; i < 5; i++) {
      scenario.xadd(LiveTicks.tick("p", "SPY", Instant.now(), i, 10));
    }
    Outcome before = scenario.mdp("stream", "shards", "-o", "json").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--until-idle", "500ms").requireCode(0);
    scenario.xadd(LiveTicks.tick("p", "SPY", Instant.now(), 9, 10));
    Outcome after = scenario.mdp("stream", "shards", "-o", "json").requireCode(0);

    assertThat(before.json().at("/data/0/lag").asLong(-1)).isEqualTo(5);
    assertThat(after.json().at("/data/0/lag").asLong(-1)).isBetween(1L, 6L);
    assertThat(after.json().at("/data/0/updated_at").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void tailSinceShowsOnlyWhatIsYoung() {
    scenario
        .redis()
        .xadd(
            scenario.stream(),
            new io.lettuce.core.XAddArgs().id(System.currentTimeMillis() - 3_600_000 + "-0"),
            "data",
            LiveTicks.tick("p", "OLD", Instant.now(), 1, 10));
    scenario.xadd(LiveTicks.tick("p", "NEW", Instant.now(), 1, 10));

    Outcome young = scenario.mdp("stream", "tail", "--since", "5m").requireCode(0);
    Outcome both = scenario.mdp("stream", "tail", "--since", "2h").requireCode(0);

    assertThat(young.jsonLines()).hasSize(1);
    assertThat(young.out()).contains("\"NEW\"");
    assertThat(both.jsonLines()).hasSize(2);
  }

  @Test
  void tailFollowsUntilItIsToldToStop() {
    Child tail = scenario.child("stream", "tail", "--follow", "--limit", "0");
    scenario.xadd(LiveTicks.tick("p", "AAA", Instant.now(), 1, 10));
    org.awaitility.Awaitility.await()
        .until(() -> {
          scenario.xadd(LiveTicks.tick("p", "SPY", Instant.now(), 1, 10));
          return tail.out().contains("\"SPY\"");
        });

    Outcome end = tail.terminate();

    assertThat(end.jsonLines()).isNotEmpty();
    assertThat(end.err()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void ownedCheckpointIsNotDroppedAndADroppedOneBeginsAgain() {
    fill();
    String group = scenario.group("micro-batcher");
    RunningCommand worker =
        scenario.start("stream", "micro-batch", "--window", "2s", "--until-idle", "3s");
    scenario.await("SELECT count(*) FROM stream_checkpoints WHERE lease_until > now()", "1");

    Outcome leased = scenario.mdp("stream", "checkpoints", "drop", "--group", group, "--confirm");
    Outcome reset = scenario.mdp("stream", "checkpoints", "reset", "--group", group, "--confirm");
    worker.await(0);
    scenario.mdp("stream", "checkpoints", "drop", "--group", group).requireCode(2);
    scenario.mdp("stream", "checkpoints", "drop", "--group", group, "--dry-run").requireCode(0);
    scenario.mdp("stream", "checkpoints", "drop", "--group", "nobody", "--confirm").requireCode(65);
    long before = scenario.count("SELECT count(*) FROM stream_checkpoints");
    scenario.mdp("stream", "checkpoints", "drop", "--group", group, "--confirm").requireCode(0);

    leased.requireCode(75).requireOneLine("holds its lease until", "stop it first");
    reset.requireCode(75);
    assertThat(before).isEqualTo(2);
    assertThat(scenario.rows("SELECT consumer_group FROM stream_checkpoints"))
        .containsExactly(scenario.group("tick-consumer"));
    String tuples = "SELECT md5(string_agg(xmin::text, ',' ORDER BY ts)) FROM bars_ohlcv";
    String bars = scenario.value(tuples);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    assertThat(scenario.value(tuples)).as("the same bars again: no tuple").isEqualTo(bars);
    assertThat(scenario.count("SELECT count(*) FROM stream_checkpoints")).isEqualTo(2);
  }

  @Test
  void aWorkerWithWhichBarsWouldEndIsRefusedAndTheOwnerGoesOn() {
    fill();
    RunningCommand owner =
        scenario.start("stream", "micro-batch", "--window", "2s", "--until-idle", "4s");
    scenario.await("SELECT count(*) FROM stream_checkpoints WHERE lease_until > now()", "1");

    Outcome beside = minutes();
    owner.await(0);
    Outcome after = minutes();
    Outcome dropping = minutes("--drop-intervals");

    beside.requireCode(78).requireOneLine("those of 2s would end", "--window 2s,1m");
    after.requireCode(78).requireOneLine("micro_batch.windows: [2s, 1m]", "--drop-intervals");
    dropping.requireCode(0);
    assertThat(
            scenario.value(
                "SELECT '2s' = ANY (intervals) FROM stream_checkpoints"
                    + " WHERE consumer_group LIKE '%micro-batcher'"))
        .isEqualTo("f");
    minutes().requireCode(0);
  }

  @Test
  void anIntervalThatWasRemovedForATimeOwesNothingOfThatTime() {
    Instant begin = Instant.parse("2026-01-05T14:30:00Z");
    sendAndBuild(begin, "2s,1m");
    sendAndBuild(begin.plusSeconds(60), "1m", "--drop-intervals");
    sendAndBuild(begin.plusSeconds(120), "2s,1m");
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.execute(
        "DELETE FROM bars_ohlcv WHERE interval = '2s' AND ts = '" + begin.plusSeconds(8) + "'");

    JsonNode counts =
        scenario
            .mdp(
                "verify",
                "bars",
                "--interval",
                "2s",
                "--from",
                begin.toString(),
                "--to",
                "now",
                "-o",
                "json")
            .requireCode(3)
            .json()
            .path("data")
            .path("counts");

    assertThat(counts.path("missing").asLong()).isEqualTo(1);
    assertThat(counts.path("unbuilt").asLong()).isEqualTo(30);
  }

  /// A minute of ticks, then more than seals it.
  private void sendAndBuild(Instant from, String windows, String... more) {
    LiveTicks.send(scenario, "p", "SPY", from, 590);
    List<String> words =
        new ArrayList<>(
            List.of("stream", "micro-batch", "--window", windows, "--until-idle", "800ms"));
    words.addAll(List.of(more));
    scenario.mdp(words.toArray(String[]::new)).requireCode(0);
  }

  private Outcome minutes(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("stream", "micro-batch", "--window", "1m", "--until-idle", "800ms"));
    words.addAll(List.of(more));
    return scenario.mdp(words.toArray(String[]::new));
  }

  /// A micro-batch and a tick run over a minute of ticks.
  private void fill() {
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(90), 300);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
  }

  private static void requireFailure(Outcome outcome, String schema, String category, int code) {
    JsonNode envelope = outcome.json();
    assertThat(envelope.path("schema").asText()).isEqualTo(schema);
    assertThat(envelope.path("ok").asBoolean(true)).isFalse();
    assertThat(envelope.path("data").isNull()).isTrue();
    assertThat(envelope.at("/error/category").asText()).isEqualTo(category);
    assertThat(envelope.at("/error/exit_code").asInt()).isEqualTo(code);
    assertThat(envelope.at("/error/message").asText()).isNotBlank();
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.embedded.redis.EmbeddedRedis;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A bus that lost what was still needed: told with the exact range, never passed over.
class LossIT {
  private static final String ADVICE =
      ". Nothing was written. Start with --accept-data-loss to continue without them;"
          + " `mdp verify bars --repair` then rebuilds what tick_data has\n";

  private final String database = "loss_" + System.nanoTime();
  private final EmbeddedRedis redis = EmbeddedRedis.startTemporary();
  private final Scenario scenario = scenario();

  private Scenario scenario() {
    TestServers.createMigrated(database);
    return Scenario.on(redis.uri(), TestServers.url(database));
  }

  @AfterEach
  void close() {
    scenario.close();
    redis.close();
    TestServers.drop(database);
  }

  @Test
  void aFlushedServerIsToldAndGoneOnWithOnlyWhenAPersonSaysSo() {
    List<StreamMessage<String, String>> log = fill();
    String resume = resume();

    scenario.redis().flushall();
    Outcome refused = microBatch().requireCode(65);

    assertThat(refused.err())
        .isEqualTo(
            lead()
                + "the entries from %s on are needed, but the log is empty now: it was trimmed, flushed or created again. Lost: from %s to %s"
                    .formatted(resume, resume, log.getLast().getId())
                + ADVICE);
    assertThat(lastRun()).isEqualTo("failure|false");
    long bars = scenario.count("SELECT count(*) FROM bars_ohlcv");

    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(11), 100);
    microBatch("--accept-data-loss").requireCode(0);

    assertThat(lastRun()).isEqualTo("success|true");
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv")).isGreaterThan(bars);
    microBatch().requireCode(0);
    assertThat(lastRun()).isEqualTo("success|false");
  }

  @Test
  void aStreamCreatedAgainIsKnownByItsPositionsOrByItsPayload() {
    fill();
    String resume = resume();
    String position = position();

    scenario.redis().del(scenario.stream());
    String begins = LiveTicks.send(scenario, "p", "SPY", Instant.now(), 1);
    Outcome other = microBatch().requireCode(65);
    scenario.redis().del(scenario.stream());
    add(resume, LiveTicks.tick("p", "SPY", Instant.now(), 1, 99));
    Outcome same = microBatch().requireCode(65);

    assertThat(other.err())
        .isEqualTo(
            lead()
                + "the entries from %s on are needed, but the log begins at %s now: it was trimmed, flushed or created again. Lost: from %s to before %s"
                    .formatted(resume, begins, resume, begins)
                + ADVICE);
    assertThat(same.err())
        .isEqualTo(
            lead()
                + "another entry is at %s than the one the checkpoint knows: the stream was created again. Lost: from %s to %s"
                    .formatted(resume, resume, position)
                + ADVICE);
    assertThat(microBatch("--accept-data-loss").requireCode(0).err()).doesNotContain("error");
  }

  @Test
  void aTrimPastWhatIsStillNeededIsToldWithTheRange() {
    List<StreamMessage<String, String>> log = fill();
    String resume = resume();
    String begins = log.getLast().getId();

    scenario.redis().xtrim(scenario.stream(), false, 1);
    Outcome refused = microBatch().requireCode(65);
    microBatch("--accept-data-loss").requireCode(0);

    assertThat(refused.err())
        .contains("the entries from " + resume + " on are needed, but the log begins at " + begins)
        .contains("Lost: from " + resume + " to before " + begins)
        .endsWith(ADVICE);
    assertThat(lastRun()).isEqualTo("success|true");
  }

  @Test
  void aTailThatWasCutIsToldThoughTheAnchorIsThere() {
    List<StreamMessage<String, String>> log = fill();
    String position = position();
    List<StreamMessage<String, String>> left = log.subList(0, log.size() - 3);

    scenario.redis().del(scenario.stream());
    left.forEach(entry -> add(entry.getId(), entry.getBody().get("data")));
    Outcome refused = microBatch().requireCode(65);

    assertThat(refused.err())
        .isEqualTo(
            lead()
                + "the last consumed entry %s is not there, and the log's last position is %s now: its tail was cut. Lost: entries up to %s"
                    .formatted(position, left.getLast().getId(), position)
                + ADVICE);
    microBatch("--accept-data-loss").requireCode(0);
    assertThat(lastRun()).isEqualTo("success|true");
  }

  @Test
  void aServerThatIsFlushedWhileItIsReadEndsTheWorker() {
    Child worker = scenario.child("stream", "micro-batch", "--window", "2s");
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(40), 300);
    scenario.await("SELECT count(*) > 5 FROM bars_ohlcv", "t");

    scenario.redis().flushall();
    LiveTicks.send(scenario, "p", "SPY", Instant.now(), 5);
    Outcome ended = worker.awaitEnd().requireCode(65);

    assertThat(ended.err())
        .contains(
            "has lost entries: ", "entries after it may have gone unread", "--accept-data-loss");
    assertThat(scenario.rows("SELECT status FROM job_runs")).containsExactly("failure");
  }

  @Test
  void settingsThatLoseEntriesAreToldOnceAtStart() {
    scenario.redis().configSet("maxmemory-policy", "allkeys-lru");
    scenario.redis().configSet("appendonly", "no");

    Child child = scenario.child("stream", "micro-batch", "--until-idle", "500ms");
    Outcome ended = child.awaitEnd().requireCode(0);

    assertThat(ended.err().lines().filter(line -> line.contains("set it to noeviction")))
        .hasSize(1)
        .allMatch(line -> line.contains("may evict streams when its memory is full"))
        .allMatch(line -> line.contains("maxmemory-policy allkeys-lru"));
    assertThat(ended.err().lines().filter(line -> line.contains("set appendonly yes")))
        .hasSize(1)
        .allMatch(line -> line.contains("loses entries when it restarts (appendonly no)"));
  }

  @Test
  void ticksReportTrimmedEntriesAndRefuseAStreamCreatedAgain() {
    List<StreamMessage<String, String>> log = fill();
    String group = scenario.group("tick-consumer");
    scenario.redis().xgroupCreate(XReadArgs.StreamOffset.from(scenario.stream(), "0"), group);
    scenario
        .redis()
        .xreadgroup(
            Consumer.from(group, "c1"),
            XReadArgs.Builder.count(20),
            XReadArgs.StreamOffset.lastConsumed(scenario.stream()));
    scenario
        .redis()
        .xdel(
            scenario.stream(),
            log.subList(0, 5).stream().map(StreamMessage::getId).toArray(String[]::new));

    Outcome lost = ticks();
    scenario.redis().del(scenario.stream());
    LiveTicks.send(scenario, "p", "SPY", Instant.now(), 3);
    Outcome refused = ticks(65);
    Outcome again = ticks(0, "--accept-data-loss");

    assertThat(lost.err())
        .contains(
            "5 entries of shard 0 from %s to %s were trimmed from the log before they were stored"
                .formatted(log.getFirst().getId(), log.get(4).getId()));
    String last = log.getLast().getId();
    assertThat(refused.err())
        .contains("the entries from " + last + " on are needed, but the log begins at ")
        .contains("--accept-data-loss");
    assertThat(again.err()).contains("continuing, as --accept-data-loss says");
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(298);
    assertThat(
            scenario.rows(
                "SELECT metadata ->> 'entries_lost', metadata ->> 'data_loss_accepted', status FROM job_runs"
                    + " WHERE job_name = 'ticks' ORDER BY id"))
        .containsExactly("5|false|success", "0|false|failure", "0|true|success");
  }

  @Test
  void ticksOfAnotherRedisAreRefusedAndTheMarkStaysWhereItIs() {
    List<StreamMessage<String, String>> log = fill();
    ticks();
    String mark = tickMark();
    try (EmbeddedRedis other = EmbeddedRedis.startTemporary();
        Scenario wrong = Scenario.sharing(scenario, other.uri())) {
      Outcome empty = storeTicks(wrong);
      LiveTicks.send(wrong, "foreign", "SPY", Instant.now(), 400);
      Outcome foreign = storeTicks(wrong);

      assertThat(empty.err()).contains("but the log is empty now");
      assertThat(foreign.err())
          .contains("on are needed, but the log begins at")
          .contains("check the address of the bus");
      assertThat(empty.code()).isEqualTo(65);
      assertThat(foreign.code()).isEqualTo(65);
    }
    assertThat(mark).isEqualTo(log.getLast().getId());
    assertThat(tickMark()).isEqualTo(mark);
    assertThat(scenario.count("SELECT count(*) FROM tick_data WHERE provider = 'foreign'"))
        .isZero();
    assertThat(ticks().err()).doesNotContain("lost");
  }

  @Test
  void ticksThatRunWhenTheServerIsFlushedEndBeforeTheMarkMovesOn() {
    Child worker = scenario.child("stream", "ticks");
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(40), 300);
    scenario.await("SELECT count(*) FROM tick_data", "300");
    scenario.await(
        "SELECT count(*) FROM stream_checkpoints WHERE position <> '0-0' AND anchor IS NOT NULL",
        "1");
    String mark = tickMark();

    scenario.redis().flushall();
    LiveTicks.send(scenario, "p", "SPY", Instant.now(), 5);
    Outcome ended = worker.awaitEnd().requireCode(65);

    assertThat(ended.err()).contains("has lost entries: ", mark, "--accept-data-loss");
    assertThat(tickMark()).isEqualTo(mark);
  }

  /// Thirty seconds of ticks made into bars; the last windows are not sealed.
  private List<StreamMessage<String, String>> fill() {
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(40), 300);
    microBatch().requireCode(0);
    return scenario.redis().xrange(scenario.stream(), Range.unbounded());
  }

  private Outcome ticks() {
    return ticks(0);
  }

  private Outcome ticks(int code, String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of("stream", "ticks", "--consumer", "c1", "--until-idle", "800ms"));
    args.addAll(List.of(more));
    return scenario.child(args.toArray(String[]::new)).awaitEnd().requireCode(code);
  }

  private static Outcome storeTicks(Scenario scenario) {
    return scenario.mdp("stream", "ticks", "--until-idle", "800ms");
  }

  private String tickMark() {
    return scenario.value(
        "SELECT position FROM stream_checkpoints WHERE consumer_group = '"
            + scenario.group("tick-consumer")
            + "'");
  }

  private Outcome microBatch(String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms"));
    args.addAll(List.of(more));
    return scenario.mdp(args.toArray(String[]::new));
  }

  private void add(String id, String data) {
    scenario.redis().xadd(scenario.stream(), new XAddArgs().id(id), "data", data);
  }

  private String lead() {
    return "data error: the log of %s on %s shard 0 has lost entries: "
        .formatted(scenario.group("micro-batcher"), scenario.stream());
  }

  private String resume() {
    return scenario.value("SELECT resume_position FROM stream_checkpoints");
  }

  private String position() {
    return scenario.value("SELECT position FROM stream_checkpoints");
  }

  private String lastRun() {
    return scenario.value(
        "SELECT status, metadata ->> 'data_loss_accepted' FROM job_runs ORDER BY id DESC LIMIT 1");
  }
}

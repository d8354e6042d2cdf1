package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a worker that ends in the middle leaves, the next one finishes.
class CrashIT {
  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void successorOfAKilledWorkerTakesTheShardAndMakesTheSameBars() {
    scenario.datasets(Recorded.btcusdt(SharedData.file("btcusdt/ws_trade_frames.ndjson.gz")));
    // longer than a new JVM needs to start on a busy machine, so that the second meets a live lease
    String lease = "--set=micro_batch.lease_ms=8000";
    Child first = microBatch("--window", "2s,1m", "--until-idle", "30s", lease);
    first.awaitErr("owned, epoch 1");
    RunningCommand replay =
        scenario.start("stream", "replay", "--dataset", "btcusdt", "--speed", "160x");
    scenario.await("SELECT count(*) > 40 FROM bars_ohlcv", "t");

    first.kill();
    assertThat(replay.isRunning()).as("killed in the middle").isTrue();
    String leaseUntil = scenario.value("SELECT lease_until FROM stream_checkpoints");
    Child second = microBatch("--window", "2s,1m", "--until-idle", "3s", lease);
    second.awaitErr("standing by").awaitErr("owned, epoch 2");
    String leaseWasOver =
        scenario.value(
            "SELECT updated_at >= '%s' FROM stream_checkpoints WHERE epoch = 2"
                .formatted(leaseUntil));
    Outcome end = second.awaitEnd().requireCode(0);

    assertThat(leaseWasOver).isEqualTo("t");
    assertThat(second.err().lines().filter(line -> line.contains("standing by"))).hasSize(1);
    assertThat(end.err()).contains("are held by", "recovered");
    replay.await(0);
    scenario.mdp("stream", "ticks", "--batch-size", "5000", "--until-idle", "1s").requireCode(0);
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(19_904);
    Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS, Oracle.Interval.ONE_MINUTE);
    assertThat(scenario.count("SELECT max(revision) FROM bars_ohlcv"))
        .as("no bar was written in part and then again")
        .isZero();
    assertThat(
            scenario.count(
                "SELECT sum((p.value ->> 'read')::bigint - (p.value ->> 'recovered')::bigint) FROM job_runs, jsonb_each(metadata -> 'ledger') s, jsonb_each(s.value) p WHERE job_name = 'micro-batch'"))
        .as("over both runs each entry is counted once, and the lane's end")
        .isEqualTo(19_905);
  }

  @Test
  void terminatedWorkerWritesNothingPartialAndTheNextGoesOn() {
    String[] ahead = {"--window", "1s", "--set", "micro_batch.max_future_ms=9000"};
    Child first = microBatch(ahead);
    first.awaitErr("owned, epoch 1");
    Instant window = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
    String last = LiveTicks.send(scenario, "p", "SPY", window, 10);
    scenario.await("SELECT position FROM stream_checkpoints", last);

    Outcome drained = first.terminate().requireCode(0);
    long barsAfterDrain = scenario.count("SELECT count(*) FROM bars_ohlcv");
    assertThat(Instant.now()).as("the window is still open").isBefore(window.plusSeconds(1));
    Child second = microBatch(ahead);
    second.awaitErr("owned, epoch 2");
    scenario.mdp("stream", "ticks", "--until-idle", "500ms", "--set", ahead[3]).requireCode(0);
    scenario.await("SELECT sum(trade_count) FROM bars_ohlcv", "10");

    assertThat(barsAfterDrain).isZero();
    assertThat(drained.err())
        .contains("draining, at most 30 s", "1 open windows kept for the next start");
    assertThat(second.err()).doesNotContain("standing by");
    second.terminate().requireCode(0);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
    assertThat(
            scenario.rows("SELECT status FROM job_runs WHERE job_name = 'micro-batch' ORDER BY id"))
        .containsExactly("success", "success");
  }

  @Test
  void aSecondSignalEndsAWorkerThatCannotDrain() throws Exception {
    Child worker = microBatch();
    worker.awaitErr("owned, epoch 1");
    try (Connection connection = scenario.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE bars_ohlcv");
      LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(10), 30);
      scenario.await(
          "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          "t");

      worker.signal("TERM");
      worker.awaitErr("draining");
      Outcome end = worker.terminate();

      assertThat(end.code()).isEqualTo(143);
      connection.rollback();
    }
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv")).isZero();
  }

  @Test
  void aDrainThatTakesTooLongIsAFailureAndSaysSo() throws Exception {
    Child worker = microBatch("--drain-timeout", "1s");
    worker.awaitErr("owned, epoch 1");
    try (Connection connection = scenario.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE bars_ohlcv");
      LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(10), 30);
      scenario.await(
          "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          "t");

      Outcome end = worker.terminate();

      assertThat(end.code()).isEqualTo(1);
      assertThat(end.err()).contains("shutdown did not finish within 1 s");
      connection.rollback();
    }
    assertThat(scenario.rows("SELECT status, error_message FROM job_runs"))
        .containsExactly("failure|the drain timed out");
  }

  private Child microBatch(String... more) {
    return scenario.child(
        Stream.concat(Stream.of("stream", "micro-batch"), Stream.of(more)).toArray(String[]::new));
  }
}

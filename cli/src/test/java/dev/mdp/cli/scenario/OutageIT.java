package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers go away while everything runs, and come back.
class OutageIT {
  private static final int EVENTS = 2_000;

  @TempDir Path temporary;

  @Test
  void nothingIsLostAfterOutagesOfRedisAndPostgres() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder());
        EmbeddedRedis redis = EmbeddedRedis.startTemporary();
        Scenario scenario = Scenario.on(redis.uri(), postgres.url());
        HttpClient http = HttpClient.newHttpClient()) {
      scenario.mdp("datastore", "migrate").requireCode(0);
      URI microBatchReady = readyz();
      URI ticksReady = readyz();
      Child microBatch =
          scenario.child("stream", "micro-batch", "--window", "1s", "--set", port(microBatchReady));
      Child ticks = scenario.child("stream", "ticks", "--set", port(ticksReady));
      Child produce =
          scenario.child(
              "stream",
              "produce",
              "--symbols",
              "SPY,AAPL",
              "--rate",
              "80",
              "--limit",
              Integer.toString(EVENTS));
      scenario.await("SELECT count(*) > 6 FROM bars_ohlcv", "t");
      awaitStatus(http, microBatchReady, 200);

      redis.stop();
      awaitStatus(http, microBatchReady, 503);
      awaitStatus(http, ticksReady, 503);
      redis.startAgain();
      awaitStatus(http, microBatchReady, 200);
      awaitStatus(http, ticksReady, 200);
      long ticksThen = scenario.count("SELECT count(*) FROM tick_data");
      scenario.await("SELECT count(*) > " + ticksThen + " FROM tick_data", "t");

      assertThat(produce.isAlive()).as("in the middle").isTrue();
      long epoch = scenario.count("SELECT max(epoch) FROM stream_checkpoints");
      endAllSessionsAtOnce(scenario);
      Awaitility.await("the database answers again")
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> scenario.count("SELECT max(epoch) FROM stream_checkpoints") > epoch);
      Outcome produced = produce.awaitEnd().requireCode(0);
      scenario.await("SELECT count(*) FROM tick_data", Integer.toString(EVENTS));
      scenario.await("SELECT sum(trade_count) FROM bars_ohlcv", Integer.toString(EVENTS));
      awaitEndOfOutages(microBatch);
      awaitEndOfOutages(ticks);
      Outcome bars = microBatch.terminate().requireCode(0);
      Outcome stored = ticks.terminate().requireCode(0);

      assertThat(produced.err()).contains("sent " + EVENTS);
      Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
      assertThat(scenario.redis().exists(scenario.stream() + ".dlq")).isZero();
      requireToldOnce(bars, "micro-batch-0", "Redis at", "database");
      requireToldOnce(stored, "ticks", "Redis at");
      assertThat(scenario.rows("SELECT DISTINCT status FROM job_runs")).containsExactly("success");
      assertThat(
              scenario.rows(
                  "SELECT id FROM job_runs WHERE job_name IN ('micro-batch', 'ticks') ORDER BY id"))
          .allSatisfy(run -> scenario.mdp("datastore", "job-runs-inspect", run).requireCode(0));
    }
  }

  /// A worker may have all in store before its first whole read after the outage.
  private static void awaitEndOfOutages(Child worker) {
    Awaitility.await("the outages' ends are told")
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            worker.err().lines().filter(line -> line.contains("; retrying")).count()
                == worker.err().lines().filter(line -> line.contains("resumed after")).count());
  }

  /// A durable server's: it runs as another account when this process is root's.
  private Path folder() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    return temporary.resolve("postgres");
  }

  /// As an immediate restart: the postmaster ends all sessions, and recovers from its log.
  private static void endAllSessionsAtOnce(Scenario scenario) {
    long backend =
        scenario.count(
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'mdp micro-batch%' LIMIT 1");
    assertThat(ProcessHandle.of(backend).orElseThrow().destroyForcibly()).isTrue();
  }

  /// Each outage has one line that tells of it and one that tells of its end; on a machine that
  /// stands still for seconds there may be more outages than were made here.
  private static void requireToldOnce(Outcome outcome, String worker, String... servers) {
    List<String> told =
        outcome
            .err()
            .lines()
            .filter(line -> line.contains(worker + ": ") && line.contains("; retrying"))
            .toList();
    long ended = outcome.err().lines().filter(line -> line.contains("resumed after")).count();
    assertThat(told).as(outcome.err()).hasSize(Math.toIntExact(ended));
    for (String server : servers) {
      assertThat(told).anyMatch(line -> line.contains(worker + ": " + server));
    }
    assertThat(outcome.err()).doesNotContain("\tat ");
  }

  private static void awaitStatus(HttpClient http, URI uri, int status) {
    Awaitility.await(uri + " answers " + status)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                http.send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode(),
            answer -> answer == status);
  }

  private static URI readyz() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/readyz");
    }
  }

  private static String port(URI uri) {
    return "telemetry.metrics_port=" + uri.getPort();
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database is restored from an older copy under running workers: what it lost is still in the
/// log, and is stored again.
class RestoreIT {
  private static final int EVENTS = 2_400;
  private static final String COUNTED =
      """
      SELECT coalesce(sum((account.value ->> 'read')::bigint
                          - coalesce((account.value ->> 'recovered')::bigint, 0)), 0)::bigint
        FROM job_runs, jsonb_each(metadata -> 'ledger') AS shard,
             jsonb_each(shard.value) AS account
       WHERE job_name = '%s'
      """;

  @TempDir Path temporary;

  @Test
  void whatARestoredDatabaseHasLostIsReadAgainFromTheLog() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder());
        EmbeddedRedis redis = EmbeddedRedis.startTemporary();
        Scenario scenario = Scenario.on(redis.uri(), postgres.url())) {
      scenario.mdp("datastore", "migrate").requireCode(0);
      Child microBatch = scenario.child("stream", "micro-batch", "--window", "1s");
      Child ticks = scenario.child("stream", "ticks", "--consumer", "a");
      Child produce =
          scenario.child(
              "stream",
              "produce",
              "--symbols",
              "SPY,AAPL",
              "--rate",
              "60",
              "--limit",
              Integer.toString(EVENTS));
      scenario.await("SELECT count(*) > 4 FROM bars_ohlcv", "t");
      Path backup = temporary.resolve("backup");
      postgres.crash();
      copy(postgres.dataDir(), backup);
      postgres.startAgain();
      Child late = scenario.child("stream", "ticks", "--consumer", "b");
      awaitAnswer(scenario, "SELECT count(*) > 600 FROM tick_data");
      long before = scenario.count("SELECT count(*) FROM tick_data");

      postgres.crash();
      run("rm", "-rf", postgres.dataDir().toString());
      copy(backup, postgres.dataDir());
      postgres.startAgain();

      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isLessThan(before);
      produce.awaitEnd().requireCode(0);
      scenario.await("SELECT count(*) FROM tick_data", Integer.toString(EVENTS));
      scenario.await("SELECT sum(trade_count) FROM bars_ohlcv", Integer.toString(EVENTS));
      microBatch.terminate().requireCode(0);
      ticks.terminate().requireCode(0);
      late.terminate().requireCode(0);
      Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
      assertThat(scenario.count("SELECT sum((metadata ->> 'moved_back')::bigint) FROM job_runs"))
          .isPositive();
      assertThat(scenario.count(COUNTED.formatted("micro-batch"))).isEqualTo(EVENTS);
      assertThat(scenario.count(COUNTED.formatted("ticks")))
          .as(
              "%s",
              scenario.rows(
                  "SELECT id, metadata -> 'ledger' FROM job_runs WHERE job_name = 'ticks'"))
          .isEqualTo(EVENTS);
      assertThat(
              scenario.rows(
                  "SELECT count(*), count(DISTINCT id) FROM job_runs WHERE job_name = 'ticks' AND status = 'success'"))
          .containsExactly("2|2");
    }
  }

  /// A durable server's: it runs as another account when this process is root's.
  private Path folder() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    return temporary.resolve("postgres");
  }

  private static void copy(Path from, Path to) throws Exception {
    run("cp", "-a", from.toString(), to.toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static void awaitAnswer(Scenario scenario, String sql) {
    Awaitility.await(sql)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> scenario.value(sql).equals("t"));
  }
}

package dev.mdp.store.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.run.JobRuns;
import dev.mdp.core.run.JobRuns.Filter;
import dev.mdp.core.run.JobRuns.Run;
import dev.mdp.core.run.JobRuns.Status;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JdbcJobRunsIT {
  private final RecordingMetrics metrics = new RecordingMetrics();
  private TestDatabase database;
  private PostgresStore store;
  private JobRuns runs;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated();
    store = database.store(metrics);
    runs = store.jobRuns();
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  private long start(String name) {
    return runs.start(
        new JobRuns.Start(
            name, "ds", "prov", JobRuns.Mode.REPLAY, "abc", "0.1.0", List.of("SPY", "AAPL")));
  }

  @Test
  void aRunIsStartedAndFinishedAndKeepsItsMetadata() {
    long id = start("replay");
    runs.heartbeat(id);

    runs.finish(id, Status.FAILURE, 12, "it broke", "{\"windows\": 3}");

    Run run = runs.inspect(id).orElseThrow();
    assertThat(run.status()).isEqualTo(Status.FAILURE);
    assertThat(run.mode()).isEqualTo(JobRuns.Mode.REPLAY);
    assertThat(run.symbols()).containsExactly("SPY", "AAPL");
    assertThat(run.rowsWritten()).isEqualTo(12);
    assertThat(run.errorMessage()).isEqualTo("it broke");
    assertThat(run.metadataJson()).contains("\"windows\": 3").contains("last_heartbeat");
    assertThat(run.elapsedMillis()).isNotNull().isNotNegative();
    assertThat(metrics.counted()).containsExactly("replay prov replay failure");
    assertThat(runs.inspect(id + 1)).isEmpty();
  }

  @Test
  void listsNewestFirstByNameAndStatus() {
    long first = start("a");
    long second = start("b");
    long third = start("a");
    runs.finish(third, Status.SUCCESS, 0, null, "{}");

    assertThat(runs.list(new Filter(10, null, null)))
        .extracting(Run::id)
        .containsExactly(third, second, first);
    assertThat(runs.list(new Filter(10, "a", Status.RUNNING)))
        .extracting(Run::id)
        .containsExactly(first);
    assertThat(runs.list(new Filter(1, null, null))).hasSize(1);
  }

  @Test
  void aRunIsStuckWhenItsLastSignOfLifeIsOld() {
    long dead = start("dead");
    long alive = start("alive");
    database.execute(
        "UPDATE job_runs SET started_at = now() - interval '2 h', metadata ="
            + " '{\"last_heartbeat\": \"2020-01-01T00:00:00.000000Z\"}'");
    // A process that began the run knows it by its start, too, which is another one now.
    try (PostgresStore other = database.store(new RecordingMetrics())) {
      other.jobRuns().heartbeat(alive);
    }

    assertThat(runs.stuck(Duration.ofMinutes(15))).extracting(Run::id).containsExactly(dead);
  }

  @Test
  void cleanupAlsoRemovesADeadRunningRun() {
    long dead = start("dead");
    long old = start("old");
    runs.finish(old, Status.SUCCESS, 0, null, "{}");
    long fresh = start("fresh");
    database.execute(
        "UPDATE job_runs SET started_at = now() - interval '100 d', completed_at = completed_at -"
            + " interval '100 d', metadata = '{}' WHERE job_name <> 'fresh'");

    assertThat(runs.cleanup(Duration.ofDays(90), true)).isEqualTo(2);
    assertThat(runs.inspect(dead)).isPresent();
    assertThat(runs.cleanup(Duration.ofDays(90), false)).isEqualTo(2);
    assertThat(runs.list(new Filter(10, null, null))).extracting(Run::id).containsExactly(fresh);
  }

  @Test
  void summarisesTheLastDay() {
    runs.finish(start("a"), Status.SUCCESS, 5, null, "{}");
    runs.finish(start("a"), Status.SUCCESS, 7, null, "{}");
    runs.finish(start("a"), Status.FAILURE, 0, "x", "{}");
    start("a");

    List<JobRuns.Summary> summary = runs.summary();

    assertThat(summary)
        .extracting(JobRuns.Summary::status)
        .containsExactlyInAnyOrder(Status.FAILURE, Status.RUNNING, Status.SUCCESS);
    JobRuns.Summary success =
        summary.stream().filter(s -> s.status() == Status.SUCCESS).findFirst().orElseThrow();
    assertThat(success.runCount()).isEqualTo(2);
    assertThat(success.totalRows()).isEqualTo(12);
    assertThat(success.avgDurationMillis()).isNotNull();
  }
}

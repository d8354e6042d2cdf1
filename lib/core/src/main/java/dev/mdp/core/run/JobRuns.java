package dev.mdp.core.run;

import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.core.ledger.LedgerCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table `job_runs`: one audited row for every run of a worker or job. Thread-safe.
public interface JobRuns {
  /// Inserts a running row and returns its id.
  long start(Start start);

  /// Says that the run is alive (`metadata.last_heartbeat`).
  void heartbeat(long id);

  /// Ends the run and merges the JSON object into its metadata. `error` is null unless it failed;
  /// `rowsWritten` counts when it is more than what the run's commits have counted.
  void finish(
      long id, Status status, long rowsWritten, @Nullable String error, String metadataJson);

  /// Newest first.
  List<Run> list(Filter filter);

  Optional<Run> inspect(long id);

  /// The ledgers in a run's metadata, by shard.
  Map<String, LedgerCounts> ledgers(Run run);

  /// The symbols whose events were late, as an ended run's metadata has them.
  List<LateSymbol> late(Run run);

  /// Whether some run of this job and provider has all of this JSON object in its metadata.
  boolean hasRecorded(String jobName, String provider, String metadataJson);

  /// Running rows whose last heartbeat (or start) is older than this.
  List<Run> stuck(Duration olderThan);

  /// The view `job_runs_summary`: the last 24 hours.
  List<Summary> summary();

  /// Removes rows that ended, or whose last sign of life, is before the age; with `dryRun` only
  /// counts them.
  long cleanup(Duration olderThan, boolean dryRun);

  enum Mode {
    LIVE,
    BACKFILL,
    REPLAY,
    VERIFY
  }

  enum Status {
    RUNNING,
    SUCCESS,
    FAILURE,
    CANCELLED
  }

  record Start(
      String jobName,
      @Nullable String datasetName,
      @Nullable String provider,
      Mode mode,
      String configFingerprint,
      String pipelineVersion,
      List<String> symbols) {
    public Start {
      symbols = List.copyOf(symbols);
    }
  }

  record Filter(int limit, @Nullable String jobName, @Nullable Status status) {}

  record Run(
      long id,
      String jobName,
      @Nullable String datasetName,
      @Nullable String provider,
      Mode mode,
      Status status,
      @Nullable String configFingerprint,
      @Nullable String pipelineVersion,
      long rowsWritten,
      long rowsFailed,
      List<String> symbols,
      @Nullable Instant minTs,
      @Nullable Instant maxTs,
      @Nullable String errorMessage,
      String metadataJson,
      Instant startedAt,
      @Nullable Instant completedAt,
      @Nullable Long elapsedMillis) {}

  record Summary(
      String jobName,
      @Nullable String provider,
      Status status,
      long runCount,
      @Nullable Double avgDurationMillis,
      long totalRows,
      Instant lastRunAt,
      long failureCount) {}
}

package dev.mdp.cli.datastore;

import dev.mdp.cli.output.Column;
import dev.mdp.core.json.Json;
import dev.mdp.core.run.JobRuns;
import java.util.List;
import java.util.Locale;

/// The columns of job runs, the same in every command that shows them.
final class RunColumns {
  static final List<Column<JobRuns.Run>> ALL =
      List.of(
          Column.number("id", JobRuns.Run::id),
          Column.text("job_name", JobRuns.Run::jobName),
          Column.text("provider", JobRuns.Run::provider),
          Column.text("dataset_name", JobRuns.Run::datasetName),
          Column.text("mode", run -> word(run.mode())),
          Column.text("status", run -> word(run.status())),
          Column.number("rows_written", JobRuns.Run::rowsWritten),
          Column.number("rows_failed", JobRuns.Run::rowsFailed),
          Column.text("started_at", JobRuns.Run::startedAt),
          Column.text("completed_at", JobRuns.Run::completedAt),
          Column.number("elapsed_ms", JobRuns.Run::elapsedMillis),
          Column.text("error_message", JobRuns.Run::errorMessage),
          Column.text("config_fingerprint", JobRuns.Run::configFingerprint),
          Column.text("pipeline_version", JobRuns.Run::pipelineVersion),
          Column.text("symbols", JobRuns.Run::symbols),
          Column.text("min_ts", JobRuns.Run::minTs),
          Column.text("max_ts", JobRuns.Run::maxTs),
          Column.text("metadata", run -> new Json.Raw(run.metadataJson())));

  /// What fits a terminal.
  static final List<Column<JobRuns.Run>> TABLE = ALL.subList(0, 12);

  private RunColumns() {}

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

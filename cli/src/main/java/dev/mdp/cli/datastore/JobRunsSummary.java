package dev.mdp.cli.datastore;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.run.JobRuns;
import dev.mdp.store.PostgresStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp datastore job-runs-summary`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore job-runs-summary",
      "  mdp datastore job-runs-summary --output csv",
      "",
      "Exit codes: 0 done, 69 database unreachable, 78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class JobRunsSummary implements Callable<Integer>, ResultCommand {
  private static final List<Column<JobRuns.Summary>> COLUMNS =
      List.of(
          Column.text("job_name", JobRuns.Summary::jobName),
          Column.text("provider", JobRuns.Summary::provider),
          Column.text("status", summary -> RunColumns.word(summary.status())),
          Column.number("run_count", JobRuns.Summary::runCount),
          Column.number("avg_duration_ms", JobRuns.Summary::avgDurationMillis),
          Column.number("total_rows", JobRuns.Summary::totalRows),
          Column.text("last_run_at", JobRuns.Summary::lastRunAt),
          Column.number("failure_count", JobRuns.Summary::failureCount));

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.job_runs.summary/v1";
  }

  @Override
  public Integer call() {
    try (PostgresStore store = Access.store(spec)) {
      output.printer(spec, schema()).print(COLUMNS, store.jobRuns().summary());
      return ExitCodes.OK;
    }
  }
}

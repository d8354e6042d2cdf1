package dev.mdp.cli.datastore;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.run.JobRuns;
import dev.mdp.store.PostgresStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp datastore job-runs-stuck`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore job-runs-stuck",
      "  mdp datastore job-runs-stuck --timeout-minutes 5 --output json || echo look at them",
      "",
      "Exit codes: 0 none, 3 some runs are stuck, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class JobRunsStuck implements Callable<Integer>, ResultCommand {
  @Option(
      names = "--timeout-minutes",
      paramLabel = "N",
      defaultValue = "15",
      description = "A run counts as stuck after N minutes without a heartbeat (default: 15).")
  int timeoutMinutes = 15;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.job_runs.stuck/v1";
  }

  @Override
  public Integer call() {
    if (timeoutMinutes < 0) {
      throw new ParameterException(
          spec.commandLine(), "--timeout-minutes: must not be negative, was " + timeoutMinutes);
    }
    try (PostgresStore store = Access.store(spec)) {
      List<JobRuns.Run> stuck = store.jobRuns().stuck(Duration.ofMinutes(timeoutMinutes));
      output
          .printer(spec, schema())
          .print(output.isTable() ? RunColumns.TABLE : RunColumns.ALL, stuck);
      return stuck.isEmpty() ? ExitCodes.OK : ExitCodes.FOUND;
    }
  }
}

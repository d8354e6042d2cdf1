package dev.mdp.cli.datastore;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.LimitOption;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.core.run.JobRuns;
import dev.mdp.store.PostgresStore;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp datastore job-runs-list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore job-runs-list --job-name micro-batch --limit 5",
      "  mdp datastore job-runs-list --status failure --output json | jq '.data[].error_message'",
      "",
      "Exit codes: 0 done, 69 database unreachable, 78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class JobRunsList implements Callable<Integer>, ResultCommand {
  @Mixin LimitOption limit;

  @Option(names = "--job-name", paramLabel = "NAME", description = "Only runs of this job.")
  @Nullable String jobName;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only runs that are: running, success, failure, cancelled.")
  JobRuns.@Nullable Status status;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.job_runs.list/v1";
  }

  @Override
  public Integer call() {
    int most = limit.of(spec);
    try (PostgresStore store = Access.store(spec)) {
      List<JobRuns.Run> runs = store.jobRuns().list(new JobRuns.Filter(most, jobName, status));
      RootCommand.of(spec)
          .names()
          .remember(KnownKind.RUN, runs.stream().map(run -> Long.toString(run.id())).toList());
      output
          .printer(spec, schema())
          .print(output.isTable() ? RunColumns.TABLE : RunColumns.ALL, runs);
      return ExitCodes.OK;
    }
  }
}

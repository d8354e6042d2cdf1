package dev.mdp.cli.datastore;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.store.PostgresStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp datastore job-runs-cleanup`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore job-runs-cleanup --older-than-days 30 --dry-run",
      "  mdp datastore job-runs-cleanup --older-than-days 90 --confirm",
      "",
      "Exit codes: 0 done, 2 no terminal and no --confirm, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class JobRunsCleanup implements Callable<Integer>, ResultCommand {
  @Option(
      names = "--older-than-days",
      paramLabel = "N",
      defaultValue = "90",
      description = "Delete runs whose last heartbeat is older than N days (default: 90).")
  int olderThanDays = 90;

  @Mixin Confirmation confirmation;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.job_runs.cleanup/v1";
  }

  @Override
  public Integer call() {
    if (olderThanDays < 1) {
      throw new ParameterException(
          spec.commandLine(), "--older-than-days: must be at least 1, was " + olderThanDays);
    }
    Duration age = Duration.ofDays(olderThanDays);
    try (PostgresStore store = Access.store(spec)) {
      long found = store.jobRuns().cleanup(age, true);
      boolean go =
          confirmation.ask(
              spec, "remove " + found + " job runs older than " + olderThanDays + " days");
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("found", found);
      result.put("removed", go ? store.jobRuns().cleanup(age, false) : 0);
      output.printer(spec, schema()).object(result);
      return ExitCodes.OK;
    }
  }
}

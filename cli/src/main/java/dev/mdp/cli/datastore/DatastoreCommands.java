package dev.mdp.cli.datastore;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp datastore`.
public final class DatastoreCommands {
  private DatastoreCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command("migrate", "Bring the database's schema up to date", Migrate::new),
      CommandEntry.command("status", "Show the server, the schema and the tables", Status::new),
      CommandEntry.command("job-runs-list", "List job runs, newest first", JobRunsList::new),
      CommandEntry.command(
          "job-runs-inspect", "Show one job run with its ledger", JobRunsInspect::new),
      CommandEntry.command(
          "job-runs-stuck", "List running jobs without a recent heartbeat", JobRunsStuck::new),
      CommandEntry.command(
          "job-runs-summary", "Summarize the job runs of the last 24 hours", JobRunsSummary::new),
      CommandEntry.command("job-runs-cleanup", "Remove old job runs", JobRunsCleanup::new),
      CommandEntry.command("prune", "Remove old ticks, bars or signals", Prune::new)
    };
  }
}

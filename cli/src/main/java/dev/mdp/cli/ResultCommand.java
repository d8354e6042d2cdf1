package dev.mdp.cli;

/// A command that prints results: its envelope carries the same schema when it fails.
public interface ResultCommand {
  /// E.g. `mdp.job_runs.list/v1`.
  String schema();
}

package dev.mdp.cli.shell;

import org.jspecify.annotations.Nullable;

/// A command that prints results: its envelope carries the same schema when it fails.
public interface ResultCommand {
  /// E.g. `mdp.job_runs.list/v1`.
  String schema();

  /// What the envelope of a failure has as its data.
  default @Nullable Object dataOf(Exception failure) {
    return null;
  }
}

package dev.mdp.cli.log;

import java.util.Map;

/// How log lines look.
public enum LogFormat {
  /// Journal when journald listens, text on a terminal, else JSON.
  AUTO,
  TEXT,
  JSON,
  JOURNAL;

  /// What AUTO means here.
  public LogFormat resolve(Map<String, String> environment, boolean terminal) {
    if (this != AUTO) {
      return this;
    }
    if (terminal) {
      return TEXT;
    }
    return environment.getOrDefault("JOURNAL_STREAM", "").isEmpty() ? JSON : JOURNAL;
  }
}

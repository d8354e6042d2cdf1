package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;

/// @param format not AUTO
/// @param colors whether text lines are coloured
public record LogSettings(LogFormat format, Level level, boolean colors) {
  public LogSettings {
    if (format == LogFormat.AUTO) {
      throw new IllegalArgumentException("the format of logs must be resolved first");
    }
  }
}

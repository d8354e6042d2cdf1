package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import java.util.regex.Pattern;

/// `telemetry`.
///
/// @param bind the address of the metrics port
/// @param metricsPort 0 for any free port
public record TelemetryConfig(String bind, int metricsPort, LogLevel logLevel) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");

  /// How much the program says, from most to least.
  public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  static TelemetryConfig read(Section section) {
    section.retired("port", "the port of /metrics is 'metrics_port'");
    Scalars values = section.scalars();
    return new TelemetryConfig(
        values.parsed("bind", "127.0.0.1", TelemetryConfig::checkHost),
        values.integer("metrics_port", 9101, 0, 65_535),
        values.choice("log_level", LogLevel.INFO));
  }

  private static String checkHost(String host) {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("want a host or an address, was '" + host + "'");
    }
    return host;
  }
}

package dev.mdp.cli.shell;

import dev.mdp.cli.log.LogFormat;
import dev.mdp.cli.log.Logging;
import dev.mdp.cli.log.Stderr;
import dev.mdp.config.TelemetryConfig.LogLevel;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// How much a command logs, and how that looks: `--verbose`, `--quiet`, `--color` and
/// `--log-format`, which every command takes.
public final class LogOptions {
  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log more; print the stack of an error.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Log only warnings and errors.")
  boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      description = "auto, always or never (default: auto).")
  ColorMode color = ColorMode.AUTO;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      description = "auto, text, json or journal (default: auto).")
  LogFormat format = LogFormat.AUTO;

  public boolean quiet() {
    return quiet;
  }

  public LogFormat format() {
    return format;
  }

  /// Starts the log of a command that runs workers.
  ///
  /// @param automatic what the form is when none was chosen
  void start(Host host, Stderr stderr, LogLevel configured, LogFormat automatic) {
    LogLevel level = verbose ? LogLevel.DEBUG : quiet ? LogLevel.WARN : configured;
    LogFormat form = format == LogFormat.AUTO ? automatic : format;
    Logging.start(stderr, level, form, color.on(host, host.stderrTerminal()));
  }
}

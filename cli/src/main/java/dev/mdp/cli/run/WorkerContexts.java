package dev.mdp.cli.run;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.completion.KnownNames;
import dev.mdp.cli.log.LogFormat;
import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.TelemetryConfig.LogLevel;
import dev.mdp.runtime.Console;
import dev.mdp.runtime.MetNames;
import dev.mdp.runtime.Surroundings;
import dev.mdp.runtime.WorkerContext;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// Starts the log of a command that runs workers, and opens what they work with.
public final class WorkerContexts {
  private WorkerContexts() {}

  /// Waits until the servers answer; the database must be migrated.
  ///
  /// @param name of the command
  public static WorkerContext open(
      CommandSpec spec, LoadedConfig loaded, String name, RunOptions options) {
    RootCommand root = RootCommand.of(spec);
    root.startLog(loaded.config().telemetry().logLevel(), automaticFormat(root.host()));
    return WorkerContext.open(loaded, name, surroundings(spec), options.limits().atStart());
  }

  /// Waits until the servers answer, and migrates the database. The log is for people, and says
  /// little: the live view tells the rest.
  public static WorkerContext openForUp(CommandSpec spec, LoadedConfig loaded, RunOptions options) {
    startQuietLog(spec, loaded);
    return WorkerContext.openAndMigrate(
        loaded, "up", surroundings(spec), options.limits().atStart());
  }

  /// For a command that ends by itself, beside workers. The log is for people, and says little.
  ///
  /// @param name of the command
  public static WorkerContext openBeside(CommandSpec spec, LoadedConfig loaded, String name) {
    startQuietLog(spec, loaded);
    return WorkerContext.openBeside(loaded, name, surroundings(spec), Duration.ZERO);
  }

  private static void startQuietLog(CommandSpec spec, LoadedConfig loaded) {
    RootCommand root = RootCommand.of(spec);
    LogLevel level = loaded.config().telemetry().logLevel();
    LogFormat format = automaticFormat(root.host());
    root.startLog(
        level == LogLevel.INFO ? LogLevel.WARN : level,
        format == LogFormat.JSON ? LogFormat.TEXT : format);
  }

  private static LogFormat automaticFormat(Host host) {
    return LogFormat.AUTO.resolve(host.environment(), host.stderrTerminal());
  }

  private static Surroundings surroundings(CommandSpec spec) {
    RootCommand root = RootCommand.of(spec);
    return new Surroundings(
        root.host().clock(),
        root.host().environment(),
        new Stderr(spec.commandLine().getErr(), root.stderr().warnings()),
        names -> remember(root.names(), names));
  }

  private static void remember(KnownNames known, MetNames names) {
    known.remember(
        Map.of(
            KnownKind.RUN, names.runs(),
            KnownKind.PROVIDER, names.providers(),
            KnownKind.SYMBOL, names.symbols()));
  }

  private record Stderr(PrintWriter notices, PrintWriter warnings) implements Console {
    @Override
    public void say(String line) {
      notices.println(line);
    }

    @Override
    public void warn(String line) {
      warnings.println(line);
    }

    @Override
    public void flush() {
      notices.flush();
    }
  }
}

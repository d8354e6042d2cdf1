package dev.mdp.cli.run;

import dev.mdp.runtime.RunLimits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every worker command understands: how it ends, how long it waits at start.
public final class RunOptions {
  @Option(names = "--for", paramLabel = "DURATION", description = "Stop after this long, e.g. 30s.")
  @Nullable Duration limit;

  @Option(
      names = "--drain-timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).")
  Duration drainTimeout = Duration.ofSeconds(30);

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "How long to keep trying to connect at startup (default: 30s).")
  Duration wait = Duration.ofSeconds(30);

  public @Nullable Duration limit() {
    return limit;
  }

  /// The servers are tried no longer than the command is to run.
  public RunLimits limits() {
    return new RunLimits(
        Optional.ofNullable(limit),
        drainTimeout,
        limit != null && limit.compareTo(wait) < 0 ? limit : wait);
  }
}

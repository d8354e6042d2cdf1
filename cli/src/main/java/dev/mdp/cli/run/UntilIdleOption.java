package dev.mdp.cli.run;

import dev.mdp.pipeline.worker.IdleShutdown;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--until-idle`, for workers that read the bus.
public final class UntilIdleOption {
  @Option(
      names = "--until-idle",
      paramLabel = "DURATION",
      description = "Stop once nothing has arrived for this long, e.g. 3s.")
  @Nullable Duration quiet;

  /// What to wrap every worker of the run in: they end together, when all of them are idle.
  public UnaryOperator<Worker> watching(InstantSource clock) {
    if (quiet == null) {
      return UnaryOperator.identity();
    }
    IdleShutdown idle = new IdleShutdown(quiet, clock);
    return idle::watch;
  }
}

package dev.mdp.cli.run;

import dev.mdp.pipeline.worker.UntilIdle;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--until-idle`, for workers that read the bus.
public final class UntilIdleOption {
  @Option(
      names = "--until-idle",
      paramLabel = "DURATION",
      description = "End by itself when nothing came for this long, e.g. 3s.")
  @Nullable Duration quiet;

  public Worker apply(Worker worker, InstantSource clock) {
    return quiet == null ? worker : new UntilIdle(worker, quiet, clock);
  }
}

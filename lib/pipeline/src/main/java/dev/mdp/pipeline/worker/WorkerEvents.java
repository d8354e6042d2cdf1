package dev.mdp.pipeline.worker;

import dev.mdp.core.error.MdpException;
import java.time.Duration;

/// What a runner tells of its worker: for logs, health and the job run. Called on the worker's
/// thread.
public interface WorkerEvents {
  /// The loop has come round.
  void moved(Worker worker);

  /// A server went away or another process holds what is needed; told once, not at every try.
  void away(Worker worker, MdpException error);

  /// It answers again.
  void back(Worker worker, Duration after);

  /// The worker ended by an error.
  void failed(Worker worker, RuntimeException error);
}

package dev.mdp.cli.scenario;

import java.time.Duration;
import java.util.Optional;

/// A process that publishes a hostile venue's trades, or what stands for one.
interface HostileProducer {
  /// It ends at once, and nothing that it had begun is completed.
  void kill();

  /// It stands still where it hurts most, and continues after that time as if nothing had been.
  void freeze(Duration length);

  /// It drains and ends; what it failed with, unless it ended well.
  Optional<String> stop();
}

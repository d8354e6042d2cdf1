package dev.mdp.pipeline.simulation;

import dev.mdp.core.error.ConfigException;

/// The cap is smaller than what the open windows of this shard hold: that ends a worker, rightly.
final class CapReached extends RuntimeException {
  private static final long serialVersionUID = 1;
  final int shard;

  CapReached(int shard, ConfigException cause) {
    super(cause);
    this.shard = shard;
  }
}

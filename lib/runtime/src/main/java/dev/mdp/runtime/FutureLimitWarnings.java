package dev.mdp.runtime;

import dev.mdp.config.BusConfig;
import dev.mdp.core.event.Micros;
import dev.mdp.pipeline.FutureLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says where the workers of a topic classify by different limits.
final class FutureLimitWarnings {
  private static final Logger LOG = LoggerFactory.getLogger(FutureLimitWarnings.class);

  private FutureLimitWarnings() {}

  static void log(WorkerContext context, String what) {
    BusConfig bus = context.config().bus();
    FutureLimits.differences(
            Wiring.group(bus, what),
            Micros.of(context.config().microBatch().maxFuture()),
            context.store().checkpoints().admin().list(bus.topic()))
        .forEach(LOG::warn);
  }
}

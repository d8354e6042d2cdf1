package dev.mdp.cli.conf;

import dev.mdp.config.KafkaConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.error.Problems;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.runtime.Wiring;
import dev.mdp.store.PostgresStore;

/// Tries the servers with the clients that the workers use: address, password, database and schema.
final class WiredProbe implements ServerProbe {
  @Override
  public void check(MdpConfig config) {
    Problems problems = new Problems();
    attempt(problems, busKey(config), () -> bus(config));
    attempt(problems, "store.url", () -> store(config));
    attempt(problems, "store.direct_url", () -> direct(config));
    problems.throwIfAny(UnavailableException::new);
  }

  private static void attempt(Problems problems, String key, Runnable probe) {
    try {
      probe.run();
    } catch (UnavailableException e) {
      problems.add(key, String.valueOf(e.getMessage()));
    }
  }

  private static String busKey(MdpConfig config) {
    return switch (config.bus()) {
      case RedisConfig _ -> "bus.redis.uri";
      case KafkaConfig _ -> "bus.kafka.bootstrap_servers";
    };
  }

  private static void bus(MdpConfig config) {
    try (EventBus bus = Wiring.bus(config, BusMetrics.NONE)) {
      bus.ping();
    }
  }

  private static void store(MdpConfig config) {
    try (PostgresStore store = Wiring.store(config, StoreMetrics.NONE, "config check")) {
      store.ping();
      store.requireMigrated();
    }
  }

  private static void direct(MdpConfig config) {
    try (PostgresStore store = Wiring.store(config, StoreMetrics.NONE, "config check")) {
      store.pingDirect();
    }
  }
}

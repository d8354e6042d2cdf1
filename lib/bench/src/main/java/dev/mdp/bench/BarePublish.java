package dev.mdp.bench;

import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.telemetry.Meters;
import java.util.ArrayList;
import java.util.List;

/// Publishes trades that are made already: no feed can be faster.
final class BarePublish {
  private static final int BATCH = 2_000;

  private BarePublish() {}

  static double perSecond(String redisUri, String topic, long trades) {
    List<Tick> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      batch.add(
          new Tick(
              "binance",
              MarketEvent.LIVE,
              new Symbol("S" + i % 10 + "USDT"),
              1_772_000_000_000_000L + i,
              i,
              60_000 + i / 100.0,
              i / 1e4,
              Tick.ABSENT,
              Tick.ABSENT,
              1_772_000_000_000_000L + i));
    }
    try (RedisBus bus =
            new RedisBus(
                RedisSettings.of(redisUri, topic, 1), new Meters("redis").metrics().bus());
        Publisher publisher = bus.openPublisher(topic)) {
      publisher.publish(batch);
      long begun = System.nanoTime();
      long done = 0;
      while (done < trades) {
        publisher.publish(batch);
        done += BATCH;
      }
      return done * 1e9 / (System.nanoTime() - begun);
    }
  }
}

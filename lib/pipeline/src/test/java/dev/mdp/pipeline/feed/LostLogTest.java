package dev.mdp.pipeline.feed;

import static dev.mdp.pipeline.feed.FeedShop.BTC;
import static dev.mdp.pipeline.feed.FeedShop.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.testkit.InMemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Made-up sessions in which the log loses entries: it is flushed, comes back without its last ones
/// or loses its first ones, while a slow worker stores ticks. In the end each id from a series'
/// first noted one on is stored, with one identity. `-Dmdp.sessions=` makes more, `-Dmdp.seed=`
/// one.
class LostLogTest {
  private static final int SESSIONS = Integer.getInteger("mdp.sessions", 300);

  @Test
  void whatTheLogLostIsPublishedAgain() {
    Long only = Long.getLong("mdp.seed");
    if (only != null) {
      new Session(only).run();
      return;
    }
    LongStream.range(1, SESSIONS + 1L).parallel().forEach(seed -> new Session(seed).run());
  }

  private static final class Session {
    private final long seed;
    private final SplittableRandom random;
    private final FeedShop shop;
    private final List<FeedWorker> workers = new ArrayList<>();
    private boolean faulty = true;

    Session(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.shop = new FeedShop(1 + random.nextInt(3), this::fault);
    }

    private void fault(String point) {
      if (faulty && random.nextInt(100) == 0) {
        throw new UnavailableException("made up, at " + point);
      }
    }

    void run() {
      begin();
      for (int step = 0; step < 120; step++) {
        step();
      }
      faulty = false;
      connect();
      for (int i = 0; i < 900; i++) {
        if (i % 50 == 0) {
          trade(BTC, 1);
          trade(ETH, 1);
        }
        pollAll();
        shop.storeTicks(Integer.MAX_VALUE);
      }
      verify(BTC);
      verify(ETH);
    }

    /// The first trades of both series are stored.
    private void begin() {
      faulty = false;
      workers.add(shop.worker());
      connect();
      pollAll();
      trade(BTC, 5);
      trade(ETH, 5);
      for (int i = 0; i < 30; i++) {
        pollAll();
      }
      shop.storeTicks(Integer.MAX_VALUE);
      faulty = true;
    }

    private void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3, 4 -> trade(random.nextBoolean() ? BTC : ETH, 1 + random.nextInt(40));
        case 5 -> shop.venue.trade(random.nextBoolean() ? BTC : ETH, 1 + random.nextInt(300));
        case 6 -> kill();
        case 7 -> shop.clock.advance(Duration.ofSeconds(random.nextInt(15)));
        case 8 -> flush();
        case 9 -> cut();
        case 10 -> trim();
        default -> shop.storeTicks(random.nextInt(60));
      }
      for (int polls = random.nextInt(12); polls > 0; polls--) {
        pollAll();
      }
    }

    private void flush() {
      for (int shard = 0; shard < shop.bus.shards(); shard++) {
        InMemoryLog log = shop.bus.log(shard);
        log.loseTail(log.length());
      }
      shop.clock.advance(Duration.ofMillis(5));
    }

    private void cut() {
      for (int shard = 0; shard < shop.bus.shards(); shard++) {
        InMemoryLog log = shop.bus.log(shard);
        log.restart(Math.min(log.length(), random.nextInt(50)));
      }
      shop.clock.advance(Duration.ofMillis(5));
    }

    /// Someone looked at the log before: that another one was trimmed is not to be seen.
    private void trim() {
      faulty = false;
      for (int i = 0; i < 200; i++) {
        pollAll();
      }
      faulty = true;
      for (int shard = 0; shard < shop.bus.shards(); shard++) {
        InMemoryLog log = shop.bus.log(shard);
        log.loseHead(Math.max(0, log.length() - random.nextInt(30)));
      }
      shop.clock.advance(Duration.ofMillis(5));
    }

    private void connect() {
      for (Symbol symbol : List.of(BTC, ETH)) {
        shop.venue.tell(new FeedNotice.Live(symbol, Micros.of(shop.clock.instant())));
      }
    }

    private void trade(Symbol symbol, int count) {
      shop.venue.stream(shop.venue.trade(symbol, count));
    }

    private void kill() {
      workers.clear();
      shop.venue.dropConnections();
      workers.add(shop.worker());
      connect();
    }

    private void pollAll() {
      for (FeedWorker worker : workers) {
        try {
          worker.poll();
        } catch (UnavailableException e) {
          // the next poll tries again, as the runner does
        }
      }
      shop.clock.advance(Duration.ofMillis(100));
    }

    private void verify(Symbol symbol) {
      long first = shop.firstNoted(symbol);
      Set<Long> ids = new HashSet<>();
      Set<String> identities = new HashSet<>();
      for (Tick tick : shop.stored) {
        if (tick.symbol().equals(symbol)) {
          ids.add(tick.seq());
          identities.add(tick.eventId());
        }
      }
      List<Long> missing =
          LongStream.rangeClosed(first, shop.venue.tape(symbol).size())
              .filter(id -> !ids.contains(id))
              .boxed()
              .toList();
      assertThat(missing)
          .as("seed %d: %s from %d on, not stored; %s", seed, symbol, first, shop.gaps())
          .isEmpty();
      assertThat(identities).as("seed %d: identities of %s", seed, symbol).hasSameSizeAs(ids);
      assertThat(shop.gaps()).as("seed %d", seed).allMatch(gap -> gap.endsWith(" filled"));
    }
  }
}

package dev.mdp.pipeline.feed;

import static dev.mdp.pipeline.feed.FeedShop.BTC;
import static dev.mdp.pipeline.feed.FeedShop.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Made-up sessions in which everything breaks: connections, processes, the bus, the store, the
/// history. In the end each id of the tape is published, and only one that two processes may have
/// sent is there twice, with the same identity. `-Dmdp.sessions=` makes more.
class HostileSessionsTest {
  private static final int SESSIONS = Integer.getInteger("mdp.sessions", 300);

  @Test
  void everyIdIsPublishedWhateverBreaks() {
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
      shop.storesAll = true;
    }

    private void fault(String point) {
      if (faulty && random.nextInt(60) == 0) {
        throw new UnavailableException("made up, at " + point);
      }
    }

    void run() {
      workers.add(shop.worker());
      connect();
      for (int step = 0; step < 120; step++) {
        step();
      }
      faulty = false;
      shop.venue.historyIsAway(false);
      shop.venue.keepsFrom(0);
      connect();
      for (int i = 0; i < 900; i++) {
        if (i == 300) {
          shop.askAll(); // what the venue did not keep for a while was given up
        }
        if (i % 50 == 0) {
          trade(BTC, 1);
          trade(ETH, 1);
        }
        pollAll();
      }
      verify(BTC);
      verify(ETH);
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> trade(random.nextBoolean() ? BTC : ETH, 1 + random.nextInt(40));
        case 4 -> missed(random.nextBoolean() ? BTC : ETH, 1 + random.nextInt(2_500));
        case 5 -> {
          shop.venue.disconnect();
          shop.venue.lose();
          missed(BTC, random.nextInt(30));
          connect();
        }
        case 6 -> again(random.nextBoolean() ? BTC : ETH);
        case 7 -> shop.venue.historyIsAway(random.nextBoolean());
        case 8 -> kill();
        case 9 -> shop.clock.advance(Duration.ofSeconds(random.nextInt(15)));
        case 10 -> shop.venue.keepsFrom(random.nextBoolean() ? 0 : random.nextInt(3_000));
        case 11 -> shop.askAll();
        default -> {}
      }
      for (int polls = random.nextInt(6); polls > 0; polls--) {
        pollAll();
      }
    }

    private void connect() {
      for (Symbol symbol : List.of(BTC, ETH)) {
        shop.venue.tell(new FeedNotice.Live(symbol, Micros.of(shop.clock.instant())));
      }
    }

    private void trade(Symbol symbol, int count) {
      shop.venue.stream(shop.venue.trade(symbol, count));
    }

    private void missed(Symbol symbol, int count) {
      shop.venue.trade(symbol, count);
    }

    /// What came lately comes again, as a snapshot does.
    private void again(Symbol symbol) {
      List<Tick> tape = shop.venue.tape(symbol);
      shop.venue.stream(tape.subList(Math.max(0, tape.size() - 20), tape.size()));
    }

    /// The process dies, or it ends, or another one comes beside it.
    private void kill() {
      int which = random.nextInt(3);
      if (which == 0) {
        workers.clear();
        shop.venue.dropConnections();
      } else if (which == 1) {
        for (FeedWorker worker : workers) {
          try {
            worker.drain();
          } catch (UnavailableException e) {
            // as a process that is stopped while a server is away
          }
        }
        workers.clear();
      }
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
      List<Tick> published =
          shop.ticks().stream().filter(tick -> tick.symbol().equals(symbol)).toList();
      Set<Long> ids = new HashSet<>();
      Set<String> identities = new HashSet<>();
      for (Tick tick : published) {
        ids.add(tick.seq());
        identities.add(tick.eventId());
      }
      long first = published.stream().mapToLong(Tick::seq).min().orElse(1);
      List<Tick> tape = shop.venue.tape(symbol);
      assertThat((long) ids.size())
          .as("seed %d: ids of %s that are published, from %d on", seed, symbol, first)
          .isEqualTo(tape.size() - first + 1);
      assertThat(identities).as("seed %d: identities of %s", seed, symbol).hasSameSizeAs(ids);
      assertThat(shop.gaps()).as("seed %d", seed).noneMatch(gap -> gap.endsWith(" open"));
    }
  }
}

package dev.mdp.testkit.venue;

import dev.mdp.core.feed.IdRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Makes up the trades of one symbol: a price that walks in steps of 0.01, orders that take one or
/// several makers at once, times with nanoseconds. Immutable.
///
/// @param missing ids that are skipped
/// @param simultaneous ids that share a time
/// @param pauses how long nothing trades after an id
record SeriesPlan(
    String symbol,
    IdRange ids,
    Instant start,
    Duration spacing,
    List<IdRange> missing,
    List<IdRange> simultaneous,
    Map<Long, Duration> pauses) {
  private static final long STEP = 1_000_000;
  private static final long LOWEST = 100 * STEP;

  /// Sizes are drawn with eight, five, two or no decimals.
  private static final long[] SIZE_STEPS = {1, 1_000, 1_000_000, 100_000_000};

  Series series(long seed) {
    long[] kept =
        LongStream.rangeClosed(ids.first(), ids.last())
            .filter(id -> missing.stream().noneMatch(range -> range.contains(id)))
            .toArray();
    Walk walk = new Walk(new SplittableRandom(seed * 31 + symbol.hashCode()));
    return new Series(symbol, kept.length, i -> walk.next(kept[i]));
  }

  /// Where the market is. One thread.
  private final class Walk {
    private final SplittableRandom random;
    private long nanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    private long price;
    private long order;
    private boolean buyerIsMaker;
    private long lastId;

    Walk(SplittableRandom random) {
      this.random = random;
      this.price = LOWEST + random.nextLong(10_000_000) * STEP;
    }

    Trade next(long id) {
      boolean sameOrder = lastId > 0 && random.nextInt(10) < 3;
      if (isSimultaneous(id)) {
        move(sameOrder);
      } else if (sameOrder && !pauses.containsKey(lastId)) {
        move(true);
      } else {
        advance();
        move(false);
      }
      lastId = id;
      long step = SIZE_STEPS[random.nextInt(SIZE_STEPS.length)];
      return new Trade(id, nanos, price, step * random.nextLong(1, 5_000), buyerIsMaker, order);
    }

    private boolean isSimultaneous(long id) {
      return simultaneous.stream().anyMatch(range -> range.contains(id) && range.contains(lastId));
    }

    private void advance() {
      if (lastId > 0) {
        nanos += Math.round(-Math.log(1 - random.nextDouble()) * spacing.toNanos());
        nanos += pauses.getOrDefault(lastId, Duration.ZERO).toNanos();
      }
    }

    /// An order that takes several makers keeps its side and pays worse prices; a new one may go
    /// either way.
    private void move(boolean sameOrder) {
      if (sameOrder) {
        if (random.nextInt(3) == 0) {
          price = step(buyerIsMaker);
        }
        return;
      }
      order++;
      buyerIsMaker = random.nextBoolean();
      if (random.nextBoolean()) {
        price = step(buyerIsMaker);
      }
    }

    private long step(boolean down) {
      return Math.max(LOWEST, down ? price - STEP : price + STEP);
    }
  }
}

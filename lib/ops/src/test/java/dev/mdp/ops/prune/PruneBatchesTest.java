package dev.mdp.ops.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Interval;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PruneBatchesTest {
  private static final Series SERIES = Series.ofTicks("p", "S");

  private final Rows rows = new Rows();

  @Test
  void removesExactlyWhatIsBeforeTheCutOffInBoundedTransactions() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 400_000; i++) {
      // a burst of 300,000 within ten seconds, the rest over a year
      rows.add(i < 300_000 ? random.nextLong(10_000_000) : random.nextLong(31_536_000_000_000L));
    }
    long cutOff = 20_000_000_000_000L;
    long before = rows.between(0, cutOff);
    long after = rows.between(cutOff, Long.MAX_VALUE);
    long first = rows.counts.firstKey();
    long last = rows.counts.lowerKey(cutOff);

    PruneBatches.Removed removed = prune(cutOff, Integer.MAX_VALUE);

    assertThat(removed.found()).containsExactly(new Pruning.Found(SERIES, before, first, last));
    assertThat(removed.reached()).isEqualTo(cutOff);
    assertThat(removed.complete()).isTrue();
    assertThat(rows.between(0, cutOff)).isZero();
    assertThat(rows.between(cutOff, Long.MAX_VALUE)).isEqualTo(after);
    assertThat(rows.largest).isLessThanOrEqualTo(2L * PruneBatches.ROWS);
    assertThat(rows.transactions).isBetween(20, 400);
  }

  @Test
  void stopsAfterATransactionAndTellsHowFarItCame() {
    for (long i = 0; i < 100_000; i++) {
      rows.add(i * 1_000);
    }

    PruneBatches.Removed removed = prune(90_000_000, 3);

    assertThat(rows.transactions).isEqualTo(3);
    assertThat(removed.complete()).isFalse();
    assertThat(removed.rows()).isPositive();
    assertThat(rows.between(0, removed.reached())).isZero();
    assertThat(rows.between(removed.reached(), Long.MAX_VALUE))
        .isEqualTo(100_000 - removed.reached() / 1_000);
  }

  @Test
  void rowsOfOneMomentGoTogether() {
    for (int i = 0; i < 50_000; i++) {
      rows.add(5);
    }
    rows.add(6);

    assertThat(prune(6, Integer.MAX_VALUE).rows()).isEqualTo(50_000);
    assertThat(rows.between(0, 100)).isEqualTo(1);
  }

  private PruneBatches.Removed prune(long cutOff, int transactions) {
    return new PruneBatches(rows, Pruning.Prunable.TICK_DATA, List.of(SERIES), cutOff)
        .run(() -> rows.transactions >= transactions, (_, _) -> {});
  }

  /// How many rows there are at each moment.
  private static final class Rows implements Pruning {
    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private int transactions;
    private long largest;

    void add(long micros) {
      counts.merge(micros, 1L, Long::sum);
    }

    long between(long from, long to) {
      return counts.subMap(from, to).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Optional<String> retentionPolicy(Prunable table) {
      return Optional.empty();
    }

    @Override
    public SortedSet<Interval> intervals() {
      return new TreeSet<>();
    }

    @Override
    public List<Found> before(Prunable table, long micros) {
      return List.of();
    }

    @Override
    public List<Series> seriesBefore(Prunable table, long micros) {
      return List.of(SERIES);
    }

    @Override
    public OptionalLong oldest(Prunable table, List<Series> series, long from, long to) {
      Map.Entry<Long, Long> first = counts.ceilingEntry(from);
      return first == null || first.getKey() >= to
          ? OptionalLong.empty()
          : OptionalLong.of(first.getKey());
    }

    @Override
    public long count(Prunable table, List<Series> series, long from, long to, long limit) {
      return Math.min(limit, between(from, to));
    }

    @Override
    public List<Found> remove(Prunable table, List<Series> series, long from, long to) {
      long removed = between(from, to);
      Found found =
          new Found(
              SERIES,
              removed,
              counts.subMap(from, to).firstKey(),
              counts.subMap(from, to).lastKey());
      counts.subMap(from, to).clear();
      transactions++;
      largest = Math.max(largest, removed);
      return List.of(found);
    }
  }
}

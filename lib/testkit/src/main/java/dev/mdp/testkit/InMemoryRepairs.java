package dev.mdp.testkit;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.PendingRepairs.Ready;
import dev.mdp.core.checkpoint.Repairs;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `pending_repairs` in memory. One thread.
final class InMemoryRepairs {
  private static final Duration QUIET = Duration.ofMinutes(1);

  /// More digits than any quotient of a test's sums needs to be rounded to the right double.
  private static final MathContext EXACT = new MathContext(200);

  private final Map<Key, Row> rows = new LinkedHashMap<>();

  private record Key(CheckpointKey shard, PendingRepair window) {}

  private record Row(Repairs.Cause cause, boolean ended, Instant updated) {}

  InMemoryRepairs copy() {
    InMemoryRepairs copy = new InMemoryRepairs();
    copy.become(this);
    return copy;
  }

  void become(InMemoryRepairs other) {
    rows.clear();
    rows.putAll(other.rows);
  }

  long count() {
    return rows.size();
  }

  void write(CheckpointKey shard, Repairs repairs, Instant now) {
    repairs
        .found()
        .forEach((window, cause) -> rows.put(new Key(shard, window), new Row(cause, false, now)));
    rows.replaceAll((key, row) ->
        key.shard().equals(shard) && repairs.ended().contains(lane(key, row))
            ? new Row(row.cause(), true, now)
            : row);
    repairs.done().forEach(window -> rows.remove(new Key(shard, window)));
  }

  private static Repairs.LaneRef lane(Key key, Row row) {
    return new Repairs.LaneRef(key.window().provider(), row.cause().lane());
  }

  Ready ready(CheckpointKey shard, int limit, Position ticksStored, Instant now) {
    List<PendingRepair> ready =
        rows.entrySet().stream()
            .filter(each -> each.getKey().shard().equals(shard))
            .filter(each ->
                each.getValue().ended() || each.getValue().updated().plus(QUIET).isBefore(now))
            .filter(each -> !each.getValue().cause().position().isAfter(ticksStored))
            .map(each -> each.getKey().window())
            .limit(limit)
            .toList();
    return new Ready(
        ready, rows.keySet().stream().filter(key -> key.shard().equals(shard)).count());
  }

  /// By the definitions: sorted ticks, decimal sums.
  static Optional<Bar> recompute(PendingRepair window, Collection<Tick> ticks) {
    long end = window.startMicros() + window.interval().micros();
    List<Tick> inside =
        ticks.stream()
            .filter(tick ->
                tick.provider().equals(window.provider())
                    && tick.symbol().equals(window.symbol())
                    && tick.srcMicros() >= window.startMicros()
                    && tick.srcMicros() < end)
            .sorted(Comparator.comparingLong(Tick::srcMicros).thenComparingLong(Tick::seq))
            .toList();
    if (inside.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    for (Tick tick : inside) {
      if (!Double.isNaN(tick.size())) {
        BigDecimal size = new BigDecimal(Double.toString(tick.size()));
        volume = volume.add(size);
        notional = notional.add(size.multiply(new BigDecimal(Double.toString(tick.price()))));
      }
    }
    return Optional.of(
        new Bar(
            window.provider(),
            MarketEvent.LIVE,
            window.symbol(),
            window.interval(),
            window.startMicros(),
            inside.getFirst().price(),
            inside.stream().mapToDouble(Tick::price).max().orElseThrow(),
            inside.stream().mapToDouble(Tick::price).min().orElseThrow(),
            inside.getLast().price(),
            volume.doubleValue(),
            volume.signum() == 0 ? Double.NaN : notional.divide(volume, EXACT).doubleValue(),
            inside.size()));
  }
}

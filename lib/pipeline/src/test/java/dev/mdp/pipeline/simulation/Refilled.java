package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.testkit.InMemoryBars.BarKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A window that was computed again from the stored ticks: its bar has all that came up to the last
/// refill that missed it, and perhaps some that came late after that, and is in the dead letters.
final class Refilled {
  /// As every plan has it.
  private static final long MAX_FUTURE = 2_000_000;

  private static final int MOST_AFTER = 12;

  private final BarKey key;
  private final List<Delivery> log;
  private Position last = Position.START;

  Refilled(BarKey key, List<Delivery> log) {
    this.key = key;
    this.log = log;
  }

  void missed(Position entry) {
    last = entry.isAfter(last) ? entry : last;
  }

  /// What is wrong with its bar; empty when nothing is.
  String wrong(@Nullable Bar stored) {
    if (stored == null) {
      return "missing";
    }
    List<Tick> sure = new ArrayList<>();
    List<Tick> perhaps = new ArrayList<>();
    for (Delivery delivery : log) {
      if (delivery instanceof Delivery.Decoded decoded
          && decoded.event() instanceof Tick tick
          && isMine(tick)
          && tick.srcMicros() <= decoded.appendMicros() + MAX_FUTURE) {
        (delivery.position().isAfter(last) ? perhaps : sure).add(tick);
      }
    }
    // Several workers store ticks: of what came after, any part may have been there in time.
    int after = Math.min(perhaps.size(), MOST_AFTER);
    for (int chosen = 0; chosen < 1 << after; chosen++) {
      List<Tick> ticks = new ArrayList<>(sure);
      for (int i = 0; i < after; i++) {
        if ((chosen & 1 << i) != 0) {
          ticks.add(perhaps.get(i));
        }
      }
      if (stored.equals(bar(ticks))) {
        return "";
      }
    }
    return perhaps.size() > MOST_AFTER && stored.tradeCount() >= bar(sure).tradeCount()
        ? ""
        : stored + ", want " + bar(sure) + " or with some of " + perhaps;
  }

  private boolean isMine(Tick tick) {
    return tick.provider().equals(key.provider())
        && tick.symbol().equals(key.symbol())
        && tick.srcMicros() >= key.startMicros()
        && tick.srcMicros() < key.startMicros() + key.interval().micros();
  }

  private Bar bar(List<Tick> ticks) {
    TreeMap<LaneFacts.Place, Tick> distinct = new TreeMap<>();
    for (Tick tick : ticks) {
      distinct.merge(
          new LaneFacts.Place(tick.srcMicros(), tick.seq()),
          tick,
          (a, b) -> Oracle.PAYLOADS.compare(a, b) <= 0 ? a : b);
    }
    return Oracle.bar(
        new Feed.Lane(key.provider(), MarketEvent.LIVE),
        new LaneFacts.WindowKey(key.symbol().value(), key.interval(), key.startMicros()),
        distinct.values());
  }
}

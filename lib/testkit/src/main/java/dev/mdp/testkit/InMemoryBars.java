package dev.mdp.testkit;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.WriteResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Bars in memory with the rules of the real table. One thread.
public final class InMemoryBars {
  private final Map<BarKey, Stored> bars = new HashMap<>();

  /// The primary key of a bar.
  public record BarKey(String provider, Symbol symbol, Interval interval, long startMicros) {}

  private record Stored(Bar bar, int revision) {}

  InMemoryBars copy() {
    InMemoryBars copy = new InMemoryBars();
    copy.bars.putAll(bars);
    return copy;
  }

  void become(InMemoryBars other) {
    bars.clear();
    bars.putAll(other.bars);
  }

  Collection<Bar> all() {
    return bars.values().stream().map(Stored::bar).toList();
  }

  /// -1 for a bar that is not there.
  int revision(BarKey key) {
    Stored stored = bars.get(key);
    return stored == null ? -1 : stored.revision();
  }

  WriteResult write(List<Bar> offered, List<Bar> conflicting) {
    WriteResult written = WriteResult.NONE;
    for (Bar bar : offered) {
      written = written.plus(write(bar, conflicting));
    }
    return written;
  }

  private WriteResult write(Bar bar, List<Bar> conflicting) {
    BarKey key = new BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros());
    Stored stored = bars.get(key);
    if (stored == null) {
      bars.put(key, new Stored(bar, 0));
      return new WriteResult(1, 0, 0, 0);
    }
    if (sameValues(stored.bar(), bar)) {
      return new WriteResult(0, 0, 1, 0);
    }
    boolean otherLane = !bar.lane().isEmpty() && !bar.lane().equals(stored.bar().lane());
    if (otherLane) {
      conflicting.add(bar);
    }
    boolean fewer = bar.tradeCount() < stored.bar().tradeCount();
    if (fewer || (otherLane && bar.tradeCount() <= stored.bar().tradeCount())) {
      return new WriteResult(0, 0, 0, 1);
    }
    bars.put(key, new Stored(bar, stored.revision() + 1));
    return new WriteResult(0, 1, 0, 0);
  }

  private static boolean sameValues(Bar left, Bar right) {
    return left.open() == right.open()
        && left.high() == right.high()
        && left.low() == right.low()
        && left.close() == right.close()
        && left.volume() == right.volume()
        && Double.compare(left.vwap(), right.vwap()) == 0
        && left.tradeCount() == right.tradeCount();
  }
}

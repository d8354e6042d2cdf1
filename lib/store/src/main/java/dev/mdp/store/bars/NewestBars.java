package dev.mdp.store.bars;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far a session has written each feed's bars. A bar that starts later is most likely new, so
/// the table need not be asked whether it is there; should it be there anyway, its insert fails on
/// the key and the batch is written again with a look. One thread.
public final class NewestBars {
  private static final int MAX_FEEDS = 1_000;

  private final Map<Feed, Long> starts = new HashMap<>();
  private boolean trusted;
  private boolean surprised;

  private record Feed(String provider, String lane, Interval interval) {
    static Feed of(Bar bar) {
      return new Feed(bar.provider(), bar.lane(), bar.interval());
    }
  }

  /// Whether the table must be asked for this bar.
  boolean mayBeThere(Bar bar) {
    return !trusted || !isBeyond(bar, Long.MAX_VALUE);
  }

  /// The table has this bar.
  void found(Bar bar) {
    surprised |= isBeyond(bar, Long.MIN_VALUE);
  }

  /// A bar was there that seemed new.
  public void distrust() {
    trusted = false;
    surprised = true;
  }

  /// These bars are committed. While none that seemed new was there, the next will be new too.
  public void committed(List<Bar> bars) {
    trusted = !surprised;
    surprised = false;
    if (starts.size() > MAX_FEEDS) {
      starts.clear();
    }
    for (Bar bar : bars) {
      starts.merge(Feed.of(bar), bar.startMicros(), Math::max);
    }
  }

  private boolean isBeyond(Bar bar, long withoutAny) {
    return bar.startMicros() > starts.getOrDefault(Feed.of(bar), withoutAny);
  }
}

package dev.mdp.bench.nemesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// What the nemesis itself took out of the log, to the entry where that can be known and to the
/// time where Redis was killed. Thread-safe.
final class Losses {
  private static final long WRONG_CLOCK_MICROS = 65_000_000;

  private final Set<String> destroyed = new HashSet<>();
  private final Map<String, Integer> destroyedUnread = new HashMap<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final Map<Integer, Long> firstByShard = new HashMap<>();
  private int destructions;

  /// Redis was killed, and what it acknowledged between these times may be lost.
  record Cut(long fromMicros, long toMicros) {
    boolean holds(long micros) {
      return micros >= fromMicros && micros <= toMicros;
    }
  }

  /// FLUSHALL or XTRIM comes, and what it removes is said next.
  synchronized void destruction() {
    destructions++;
  }

  /// An entry was removed by the last destruction.
  ///
  /// @param unread whether the bars' worker had not committed it by then
  synchronized void destroyed(String identity, boolean unread) {
    destroyed.add(identity);
    if (unread) {
      destroyedUnread.put(identity, destructions);
    }
  }

  synchronized void cut(Cut cut) {
    cuts.add(cut);
  }

  /// The log of this shard is not whole from then on.
  synchronized void hit(int shard, long micros) {
    firstByShard.putIfAbsent(shard, micros);
  }

  /// Whether something was taken out of the shard's log before this time.
  synchronized boolean wasHitBefore(int shard, long micros) {
    return firstByShard.getOrDefault(shard, Long.MAX_VALUE) < micros;
  }

  synchronized boolean isDestroyed(String identity) {
    return destroyed.contains(identity);
  }

  /// Which loss may have taken a tick out of the log before it was read; empty when none may. Ticks
  /// with the same number may be lost together.
  ///
  /// @param stored whether the ticks' table has it
  synchronized OptionalInt lossOf(SentLine.Sent tick, boolean stored) {
    Integer destruction = destroyedUnread.get(tick.id());
    if (destruction != null) {
      return OptionalInt.of(-destruction);
    }
    if (!stored && destroyed.contains(tick.id())) {
      return OptionalInt.of(0);
    }
    for (int i = 0; i < cuts.size(); i++) {
      if (tick.acknowledged() && cuts.get(i).holds(tick.ackMicros())) {
        return OptionalInt.of(i + 1);
      }
    }
    return !tick.acknowledged() && isNearCut(tick.micros())
        ? OptionalInt.of(cuts.size() + 1)
        : OptionalInt.empty();
  }

  /// Whether a tick of this time that was never acknowledged may have been in the log for a moment
  /// before it was cut. Its time may be off by a sender's wrong clock.
  synchronized boolean isNearCut(long tickMicros) {
    return cuts.stream()
        .anyMatch(cut ->
            tickMicros > cut.fromMicros() - WRONG_CLOCK_MICROS
                && tickMicros < cut.toMicros() + WRONG_CLOCK_MICROS);
  }

  /// Whether what was acknowledged then may be gone with Redis's last seconds.
  synchronized boolean isInCut(long ackMicros) {
    return cuts.stream().anyMatch(cut -> cut.holds(ackMicros));
  }
}

package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shard's live trades on their way to the bus. After a hole they wait a moment, so that a short
/// one is filled before the trades after it close its windows. One thread.
final class Outgoing {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  static final int MOST_HELD = 10_000;

  private final List<Tick> trades = new ArrayList<>();
  private @Nullable Instant heldSince;

  void add(Tick trade) {
    trades.add(trade);
  }

  /// Trades wait from now on, for as long as they may; a longer wait that has begun stays.
  void hold(Instant now) {
    if (heldSince == null) {
      heldSince = now;
    }
  }

  void release() {
    heldSince = null;
  }

  boolean isHeld(Instant now) {
    Instant since = heldSince;
    if (since == null) {
      return false;
    }
    if (now.isBefore(since.plus(LONGEST_WAIT)) && trades.size() < MOST_HELD) {
      return true;
    }
    heldSince = null;
    return false;
  }

  boolean isEmpty() {
    return trades.isEmpty();
  }

  List<Tick> trades() {
    return trades;
  }

  void sent() {
    trades.clear();
  }
}

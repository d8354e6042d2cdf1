package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A shard's live trades on their way to the bus. After a hole they wait a moment, so that a short
/// one is filled before the trades after it close its windows. One thread.
final class Outgoing {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  static final int MOST_HELD = 10_000;

  /// A trade that is older than another one of its shard by more is not live for windows: the other
  /// one may have closed them. So is the last trade of a quiet symbol after a reconnect.
  static final long BEHIND_MICROS = 1_000_000;

  private final List<Tick> trades = new ArrayList<>();
  private @Nullable Instant heldSince;

  /// The time of the newest trade that was sent.
  private long newestMicros = Long.MIN_VALUE;

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

  int size() {
    return trades.size();
  }

  boolean isEmpty() {
    return trades.isEmpty();
  }

  /// What is to be sent.
  ///
  /// @param behind gives a trade that is behind those of its shard another lane
  List<Tick> trades(UnaryOperator<Tick> behind) {
    List<Tick> sending = new ArrayList<>(trades.size());
    long newest = newestMicros;
    for (Tick trade : trades) {
      boolean isBehind = newest != Long.MIN_VALUE && trade.srcMicros() < newest - BEHIND_MICROS;
      sending.add(isBehind ? behind.apply(trade) : trade);
      newest = Math.max(newest, trade.srcMicros());
    }
    return sending;
  }

  void sent() {
    trades.forEach(trade -> sentUpTo(trade.srcMicros()));
    trades.clear();
  }

  /// A trade of this time was sent, by a former owner, too.
  void sentUpTo(long micros) {
    newestMicros = Math.max(newestMicros, micros);
  }
}

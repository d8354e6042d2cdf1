package dev.mdp.providers.net;

import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trades that a second connection brought while the first one has their symbol too: they wait for
/// the first one's end, as what is still on its way over that comes before them. So a replacement
/// makes no holes that are none. The feed's thread.
final class EarlyTrades {
  /// As long as both connections are read.
  private static final Duration MOST_WAIT = SessionPair.OVERLAP;

  private static final int MOST_HELD = 10_000;

  private final Announcements said;
  private final SessionPair sessions;
  private final List<Tick> held = new ArrayList<>();
  private long releaseAtNanos = Session.NEVER;

  /// The first connection, once it has been told to end, until its last message was read.
  private @Nullable Session ending;

  EarlyTrades(Announcements said, SessionPair sessions) {
    this.said = said;
    this.sessions = sessions;
  }

  void take(Session from, Tick trade, long nowNanos) {
    if (!isEarly(from, trade)) {
      said.trade(trade);
      return;
    }
    if (held.isEmpty()) {
      releaseAtNanos = nowNanos + MOST_WAIT.toNanos();
    }
    held.add(trade);
    if (held.size() >= MOST_HELD) {
      release();
    }
  }

  private boolean isEarly(Session from, Tick trade) {
    Session first = ending == null ? sessions.current() : ending;
    return first != null
        && from != first
        && first.confirmations().confirmed().contains(trade.symbol());
  }

  /// The first connection was told to end.
  void awaitEnd(Session first) {
    ending = first;
  }

  /// A connection has ended, and all that it brought was read.
  void ended(Session session) {
    if (session == ending) {
      ending = null;
    }
    release();
  }

  /// Lets go what has waited for too long; returns when something has.
  long turn(long nowNanos) {
    if (nowNanos >= releaseAtNanos) {
      release();
    }
    return releaseAtNanos;
  }

  private void release() {
    held.forEach(said::trade);
    held.clear();
    releaseAtNanos = Session.NEVER;
  }
}

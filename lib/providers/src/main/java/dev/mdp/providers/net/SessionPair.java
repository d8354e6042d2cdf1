package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection, and the one that is to take its place. The feed's thread.
final class SessionPair {
  /// How long both are read, so that what is still on its way over the first one comes.
  static final Duration OVERLAP = Duration.ofSeconds(5);

  private @Nullable Session current;
  private @Nullable Session successor;
  private long overlapUntilNanos = Session.NEVER;

  @Nullable Session current() {
    return current;
  }

  @Nullable Session successor() {
    return successor;
  }

  boolean isEmpty() {
    return current == null;
  }

  void add(Session session) {
    if (current == null) {
      current = session;
    } else {
      successor = session;
    }
  }

  List<Session> all() {
    List<Session> all = new ArrayList<>(2);
    if (current != null) {
      all.add(current);
    }
    if (successor != null) {
      all.add(successor);
    }
    return all;
  }

  /// When [#handOver] has something to do again.
  long nextNanos(long nowNanos) {
    return overlapUntilNanos > nowNanos ? overlapUntilNanos : Session.NEVER;
  }

  /// Puts the second one in the first one's place once both have been read for long enough, and the
  /// first was still alive in that time; returns the first one then.
  @Nullable Session handOver(Collection<Symbol> symbols, long nowNanos) {
    Session from = current;
    if (from == null || successor == null || !confirmsAll(successor, symbols)) {
      overlapUntilNanos = Session.NEVER;
      return null;
    }
    if (overlapUntilNanos == Session.NEVER) {
      overlapUntilNanos = nowNanos + OVERLAP.toNanos();
    }
    long since = overlapUntilNanos - OVERLAP.toNanos();
    if (nowNanos < overlapUntilNanos || from.lastSignNanos() < since) {
      return null;
    }
    remove(from);
    from.end(Cause.PLANNED, "another connection has taken its place");
    return from;
  }

  private static boolean confirmsAll(Session session, Collection<Symbol> symbols) {
    return session.isOpen() && session.confirmations().confirmed().containsAll(symbols);
  }

  /// A connection is no more; the second one takes the place of the first.
  void remove(Session session) {
    if (session == current) {
      current = successor;
    } else if (session != successor) {
      return;
    }
    successor = null;
    overlapUntilNanos = Session.NEVER;
  }

  /// Nothing is expected of the symbol any more.
  void forget(Symbol symbol) {
    all().forEach(session -> session.confirmations().forget(symbol));
  }

  /// Those of these symbols that no open connection has had since this time, in their order.
  List<Symbol> notConfirmedSince(Collection<Symbol> symbols, long nanos) {
    return symbols.stream().filter(s -> !isConfirmedSince(s, nanos)).sorted().toList();
  }

  boolean isConfirmed(Symbol symbol) {
    return isConfirmedSince(symbol, Session.NEVER);
  }

  private boolean isConfirmedSince(Symbol symbol, long nanos) {
    return all().stream()
        .filter(Session::isOpen)
        .anyMatch(session -> session.confirmations().isConfirmedSince(symbol, nanos));
  }
}

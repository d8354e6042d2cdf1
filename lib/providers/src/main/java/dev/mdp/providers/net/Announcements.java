package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.UnusableTrade;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the caller gets, in order. Of several connections it makes the one that the caller knows:
/// each change is said once, for what it changes. The feed's thread.
final class Announcements {
  /// Trades, unusable trades, notices, and what is thrown.
  private final ArrayDeque<Object> events = new ArrayDeque<>();

  private final Set<Symbol> wanted = new HashSet<>();
  private final Set<Symbol> refused = new HashSet<>();
  private final Set<Symbol> live = new HashSet<>();
  private int connections;

  void want(Collection<Symbol> symbols) {
    wanted.addAll(symbols);
  }

  void unwant(Symbol symbol, long micros) {
    wanted.remove(symbol);
    notLive(symbol, micros, "not wanted any more");
  }

  /// Forgets refusals of what is not among these: it may be asked for again.
  void keepRefusals(Set<Symbol> symbols) {
    refused.retainAll(symbols);
  }

  boolean isRefused(Symbol symbol) {
    return refused.contains(symbol);
  }

  boolean isConnected() {
    return connections > 0;
  }

  void trade(Tick trade) {
    if (wanted.contains(trade.symbol())) {
      events.addLast(trade);
    }
  }

  void unusable(UnusableTrade trade) {
    events.addLast(trade);
  }

  void notice(FeedNotice notice) {
    events.addLast(notice);
  }

  void connected(long micros) {
    connections++;
    if (connections == 1) {
      notice(new FeedNotice.Connected(micros));
    }
  }

  /// A connection has ended.
  ///
  /// @param lost what is live on no other one
  /// @param replaced whether another one has its symbols already
  void disconnected(
      long micros, Cause cause, String detail, Collection<Symbol> lost, boolean replaced) {
    connections--;
    if (connections == 0) {
      live.clear();
      Cause known = cause == Cause.PLANNED ? Cause.CLOSED : cause;
      notice(new FeedNotice.Disconnected(micros, known, detail));
      return;
    }
    lost.forEach(symbol -> notLive(symbol, micros, FeedWords.of(cause) + ": " + detail));
    if (replaced) {
      notice(new FeedNotice.Disconnected(micros, Cause.PLANNED, detail));
    }
  }

  void live(Symbol symbol, long micros) {
    if (wanted.contains(symbol) && live.add(symbol)) {
      notice(new FeedNotice.Live(symbol, micros));
    }
  }

  void notLive(Symbol symbol, long micros, String detail) {
    if (live.remove(symbol)) {
      notice(new FeedNotice.NotLive(symbol, micros, detail));
    }
  }

  void refused(Symbol symbol, String detail) {
    forget(symbol);
    notice(new FeedNotice.Refused(Optional.of(symbol), detail));
  }

  void allRefused(Collection<Symbol> symbols, String detail) {
    symbols.forEach(this::forget);
    notice(new FeedNotice.Refused(Optional.empty(), detail));
  }

  private void forget(Symbol symbol) {
    refused.add(symbol);
    wanted.remove(symbol);
    live.remove(symbol);
  }

  /// Is thrown to the caller, after what came before.
  void failure(RuntimeException error) {
    events.addLast(error);
  }

  /// Hands on everything; returns how much. When the listener throws, what it did not get yet stays
  /// for the next call; what is to be thrown waits for a call with nothing before it.
  ///
  /// @param before how much the caller has got in the same call already
  int handOn(FeedListener into, int before) {
    int handed = 0;
    while (!events.isEmpty()) {
      if (events.getFirst() instanceof RuntimeException && before + handed > 0) {
        return handed;
      }
      switch (events.removeFirst()) {
        case Tick trade -> into.trade(trade);
        case UnusableTrade trade -> into.unusable(trade);
        case FeedNotice notice -> into.notice(notice);
        case RuntimeException error -> throw error;
        case Object other -> throw new IllegalStateException("not an event: " + other);
      }
      handed++;
    }
    return handed;
  }
}

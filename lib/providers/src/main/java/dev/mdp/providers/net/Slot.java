package dev.mdp.providers.net;

import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedNotice.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The symbols of one connection, and that connection: it is opened again when it ends, and
/// replaced by a second one, confirmed first, when it has to end. The feed's thread.
final class Slot {
  private final FeedRuntime runtime;
  private final Dialer dialer;
  private final SlotSymbols symbols;
  private final SessionPair sessions = new SessionPair();
  private final ConnectFailures failures;
  private final VenueNotices notices;
  private final SessionWatch watch;
  private final EarlyTrades early;

  Slot(FeedRuntime runtime, ReconnectBackoff backoff) {
    this.runtime = runtime;
    this.dialer = new Dialer(runtime, backoff);
    this.symbols = new SlotSymbols(runtime.said());
    this.failures = new ConnectFailures(runtime.time(), runtime.said());
    this.notices = new VenueNotices(runtime.said(), symbols, sessions, dialer);
    this.watch = new SessionWatch(runtime.limits(), symbols, sessions);
    this.early = new EarlyTrades(runtime.said(), sessions);
  }

  /// @param session the connection over which it came
  void trade(Session session, Tick trade, long nowNanos) {
    early.take(session, trade, nowNanos);
  }

  /// What the venue says besides trades.
  VenueNotices notices() {
    return notices;
  }

  Set<Symbol> symbols() {
    return symbols.all();
  }

  int room() {
    return runtime.limits().symbolsPerConnection() - symbols.all().size();
  }

  void add(List<Symbol> added) {
    symbols.add(added);
    sessions.all().forEach(session -> session.add(added));
  }

  void remove(List<Symbol> removed) {
    symbols.remove(removed);
    if (symbols.all().isEmpty()) {
      end("no symbol is wanted any more");
    } else {
      sessions.all().forEach(session -> session.remove(removed));
    }
  }

  /// Another connection is to take the place of the present one.
  void renew(long now) {
    Session current = sessions.current();
    if (current != null) {
      current.replaceSoon(now);
    }
  }

  /// Whether there is nothing left of it.
  boolean isGone() {
    return symbols.all().isEmpty() && sessions.isEmpty();
  }

  void end(String detail) {
    sessions.all().forEach(session -> session.end(Cause.CLOSED, detail));
  }

  /// Does what is due; returns when something is again.
  long turn(long now) {
    if (symbols.all().isEmpty()) {
      end("no symbol is left to ask for");
      return Session.NEVER;
    }
    watch.look(now);
    Session replaced = sessions.handOver(symbols.all(), now);
    if (replaced != null) {
      dialer.back(now, replaced.data().length());
      early.awaitEnd(replaced);
    }
    long next = Math.min(sessions.nextNanos(now), early.turn(now));
    if (needsConnection(now)) {
      dial(now);
      next = Math.min(next, dialer.nextNanos() > now ? dialer.nextNanos() : Session.NEVER);
    }
    for (Session session : sessions.all()) {
      next = Math.min(next, session.turn(now));
    }
    return next;
  }

  private boolean needsConnection(long now) {
    Session current = sessions.current();
    return current == null || (sessions.successor() == null && current.needsSuccessor(now));
  }

  private void dial(long now) {
    try {
      dialer.dial(this, symbols.all(), now).ifPresent(sessions::add);
    } catch (UnavailableException e) {
      dialer.back(now, Duration.ZERO);
      failures.failed(e, symbols.all());
    }
  }

  void opened(Session session, long now) {
    failures.over();
    session.opened(now, symbols.all());
    runtime.said().connected(runtime.time().micros());
  }

  void failed(Session session, RuntimeException error, long now) {
    sessions.remove(session);
    dialer.back(now, Duration.ZERO);
    if (error instanceof RateLimitedException limited) {
      notices.rateLimited(limited.retryAfter());
    }
    if (!(error instanceof MdpException)) {
      runtime.said().failure(error);
    } else if (sessions.isEmpty() && !symbols.all().isEmpty()) {
      failures.failed(error, symbols.all());
    }
  }

  void ended(Session session, Cause cause, String detail, long now) {
    boolean wasCurrent = session == sessions.current();
    boolean retired = !wasCurrent && session != sessions.successor();
    sessions.remove(session);
    if (!retired) {
      dialer.back(now, session.data().length());
    }
    if (session.wasOpen()) {
      lost(session, cause, detail, retired || wasCurrent);
    } else if (sessions.isEmpty() && !symbols.all().isEmpty()) {
      failures.failed(new UnavailableException(detail), symbols.all());
    }
    early.ended(session);
  }

  /// Says what a connection took with it: what no other one had while this one was alive. What
  /// another one has only had since is live again, but not still.
  private void lost(Session session, Cause cause, String detail, boolean first) {
    long micros = runtime.time().micros();
    List<Symbol> lost =
        sessions.notConfirmedSince(session.confirmations().confirmed(), session.lastSignNanos());
    boolean replaced = first && !sessions.isEmpty() && lost.isEmpty();
    runtime.said().disconnected(micros, cause, detail, lost, replaced);
    lost.stream()
        .filter(sessions::isConfirmed)
        .forEach(symbol -> runtime.said().live(symbol, micros));
  }
}

package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice.Cause;
import java.util.List;

/// Ends a connection that is dead, or on which the venue does not do what was asked; and counts
/// what was asked in vain. The feed's thread.
final class SessionWatch {
  private final VenueLimits limits;
  private final SlotSymbols symbols;
  private final SessionPair sessions;

  SessionWatch(VenueLimits limits, SlotSymbols symbols, SessionPair sessions) {
    this.limits = limits;
    this.symbols = symbols;
    this.sessions = sessions;
  }

  void look(long nowNanos) {
    for (Session session : sessions.all()) {
      if (session.isSilent(nowNanos)) {
        String silence = FeedWords.of(limits.silence());
        session.end(Cause.SILENT, "nothing came for " + silence + ", not even a heartbeat");
      } else if (session == sessions.successor() && session.isOutdated()) {
        session.end(Cause.CLOSED, "symbols were added after it was opened");
      } else if (session.isOpen()) {
        List<Symbol> overdue = session.confirmations().takeOverdue(nowNanos);
        if (!overdue.isEmpty()) {
          missed(session, overdue);
        }
      }
    }
  }

  private void missed(Session session, List<Symbol> overdue) {
    String within = FeedWords.of(limits.confirmWithin());
    if (session.confirmations().confirmed().isEmpty()) {
      // It is the venue that does not confirm, and no reason to refuse a symbol.
      session.end(Cause.CLOSED, "connected, but the venue confirmed no symbol within " + within);
      return;
    }
    symbols.missed(overdue, within).forEach(sessions::forget);
    if (session == sessions.successor() && session.confirmations().hasMissed()) {
      session.end(Cause.CLOSED, "the venue did not confirm every symbol within " + within);
    }
  }
}

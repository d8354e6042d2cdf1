package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice;
import java.time.Duration;

/// What a venue says of the symbols of one slot, besides their trades: notes it, and passes on what
/// is new to the caller. The feed's thread.
final class VenueNotices {
  private final Announcements said;
  private final SlotSymbols symbols;
  private final SessionPair sessions;
  private final Dialer dialer;

  VenueNotices(Announcements said, SlotSymbols symbols, SessionPair sessions, Dialer dialer) {
    this.said = said;
    this.symbols = symbols;
    this.sessions = sessions;
    this.dialer = dialer;
  }

  /// @param session the connection over which it came
  void take(Session session, FeedNotice notice, long nowNanos) {
    switch (notice) {
      case FeedNotice.Live live -> {
        boolean wanted = symbols.all().contains(live.symbol());
        if (wanted && session.confirmations().confirm(live.symbol(), nowNanos)) {
          symbols.confirmed(live.symbol(), live.atMicros());
        }
      }
      case FeedNotice.NotLive gone -> {
        session.withdraw(gone.symbol());
        if (!sessions.isConfirmed(gone.symbol())) {
          said.notLive(gone.symbol(), gone.atMicros(), gone.detail());
        }
      }
      case FeedNotice.Refused refused ->
          refused
              .symbol()
              .ifPresentOrElse(
                  symbol -> refused(symbol, refused.detail()),
                  () -> symbols.refuseAll(refused.detail()));
      case FeedNotice.Head head -> {
        if (symbols.all().contains(head.symbol())) {
          said.notice(head);
        }
      }
      case FeedNotice.RateLimited limited -> {
        session.hold(nowNanos + limited.retryAfter().toNanos());
        rateLimited(limited.retryAfter());
      }
      case FeedNotice.Connected _,
          FeedNotice.Disconnected _,
          FeedNotice.ClockOffset _,
          FeedNotice.Unreadable _ ->
          said.notice(notice);
    }
  }

  private void refused(Symbol symbol, String detail) {
    if (symbols.refuse(symbol, detail)) {
      sessions.forget(symbol);
    }
  }

  void rateLimited(Duration retryAfter) {
    dialer.close(retryAfter);
    said.notice(new FeedNotice.RateLimited(retryAfter));
  }
}

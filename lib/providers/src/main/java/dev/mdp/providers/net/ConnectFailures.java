package dev.mdp.providers.net;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.FeedNotice.Cause;
import java.util.Collection;

/// Says that symbols have no connection because none can be opened: each time while the feed has no
/// connection at all, otherwise once until there is one. The feed's thread.
final class ConnectFailures {
  private final FeedTime time;
  private final Announcements said;
  private boolean told;

  ConnectFailures(FeedTime time, Announcements said) {
    this.time = time;
    this.said = said;
  }

  void failed(RuntimeException error, Collection<Symbol> symbols) {
    String detail = String.valueOf(error.getMessage());
    boolean mendable = error instanceof MdpException && !(error instanceof ConfigException);
    if (!said.isConnected()) {
      if (mendable) {
        said.notice(new FeedNotice.Disconnected(time.micros(), Cause.CLOSED, detail));
      } else {
        said.failure(error);
      }
    } else if (!told) {
      told = true;
      long micros = time.micros();
      symbols.forEach(symbol -> said.notice(new FeedNotice.NotLive(symbol, micros, detail)));
    }
  }

  void over() {
    told = false;
  }
}

package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Begins connections, when the backoff and the venue's limit allow it. The feed's thread.
final class Dialer {
  private final FeedRuntime runtime;
  private final ReconnectBackoff backoff;
  private String host = "";
  private long nextNanos;

  Dialer(FeedRuntime runtime, ReconnectBackoff backoff) {
    this.runtime = runtime;
    this.backoff = backoff;
  }

  /// Begins one for these symbols, or returns empty: then [#nextNanos] says when to ask again.
  /// Throws [dev.mdp.core.error.UnavailableException] when the budget cannot be asked.
  Optional<Session> dial(Slot slot, Collection<Symbol> symbols, long nowNanos) {
    if (nowNanos < nextNanos) {
      return Optional.empty();
    }
    URI uri = runtime.dialect().endpoint(List.copyOf(symbols));
    host = uri.getHost();
    Duration wait = runtime.connects().take(host, 1);
    if (!wait.isZero()) {
      nextNanos = nowNanos + wait.toNanos();
      return Optional.empty();
    }
    Session session = new Session(runtime, slot, symbols);
    session.dial(uri);
    return Optional.of(session);
  }

  long nextNanos() {
    return nextNanos;
  }

  /// Keeps the next one away from what has just ended.
  ///
  /// @param dataFor how long that brought data
  void back(long nowNanos, Duration dataFor) {
    nextNanos = nowNanos + backoff.next(dataFor).toNanos();
  }

  /// The venue wants to be left alone for this long.
  void close(Duration retryAfter) {
    runtime.connects().closed(host, retryAfter);
  }
}

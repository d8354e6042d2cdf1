package dev.mdp.providers.net;

import dev.mdp.core.feed.FeedNotice.Cause;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A socket as the feed's queue sees it: it is opened once, gives messages, and ends once, in this
/// order, whatever the threads of the socket do. It holds no lock while it calls the socket.
/// Thread-safe.
final class Connection implements WireSocket.Listener {
  private final FeedRuntime runtime;
  private final Session session;
  private final AtomicInteger pings = new AtomicInteger();
  private volatile long lastSignNanos;
  private @Nullable WireSocket socket;
  private boolean ended;

  Connection(FeedRuntime runtime, Session session) {
    this.runtime = runtime;
    this.session = session;
  }

  /// Connects, without waiting for it.
  void dial(URI uri) {
    runtime.dialer().execute(() -> connect(uri));
  }

  private void connect(URI uri) {
    try {
      attach(runtime.connector().connect(uri, this));
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private synchronized void fail(RuntimeException error) {
    if (!ended) {
      ended = true;
      runtime.arrived(new Arrival.Failed<>(session, error));
    }
  }

  private void attach(WireSocket opened) {
    if (isWanted(opened)) {
      opened.begin();
    } else {
      opened.close("no longer wanted");
    }
  }

  private synchronized boolean isWanted(WireSocket opened) {
    if (!ended) {
      socket = opened;
      sign();
      runtime.arrived(new Arrival.Opened<>(session));
    }
    return !ended;
  }

  private synchronized @Nullable WireSocket socket() {
    return socket;
  }

  void send(String text) {
    WireSocket to = socket();
    if (to != null) {
      to.send(text);
    }
  }

  /// Ends it, for the caller's reason. What came before stays in the queue, before the end.
  void end(Cause cause, String detail) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      runtime.arrived(new Arrival.Ended<>(session, cause, detail));
    }
    WireSocket from = socket();
    if (from != null) {
      from.close(detail);
    }
  }

  /// When the venue last gave a sign of life.
  long lastSignNanos() {
    return lastSignNanos;
  }

  /// How many pings have come since this was asked last; each cost a message, the pong.
  int takePings() {
    return pings.getAndSet(0);
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    sign();
    if (!offer(chars, offset, length)) {
      long bytes = runtime.arrivals().heldBytes();
      end(
          Cause.OVERFLOW,
          bytes
              + " bytes are queued and the limit is reached; reconnecting rather than dropping"
              + " messages");
    }
  }

  /// Whether the queue had room, or nothing is wanted any more.
  private synchronized boolean offer(char[] chars, int offset, int length) {
    if (ended) {
      return true;
    }
    long micros = runtime.time().micros();
    boolean taken = runtime.arrivals().offer(session, chars, offset, length, micros);
    runtime.time().wake();
    return taken;
  }

  @Override
  public synchronized void unreadable(String detail) {
    if (!ended) {
      sign();
      runtime.arrived(new Arrival.Garbled<>(session, detail));
    }
  }

  @Override
  public void pinged() {
    pings.incrementAndGet();
    sign();
    runtime.time().wake();
  }

  @Override
  public void ponged() {
    sign();
  }

  @Override
  public void closed(int code, String reason) {
    sign();
    String why = reason.isBlank() ? "" : ": " + reason;
    String how =
        code == 1006 ? "the connection ended without a close frame" : "closed by the venue";
    end(Cause.CLOSED, how + " (" + code + why + ")");
  }

  @Override
  public void failed(String detail) {
    end(Cause.CLOSED, detail);
  }

  private void sign() {
    lastSignNanos = runtime.time().nanos();
  }
}

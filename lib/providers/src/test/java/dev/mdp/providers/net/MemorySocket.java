package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A [WireSocket] without a wire, to a [ScriptedVenue]. One thread.
final class MemorySocket implements WireSocket {
  private final ScriptedVenue venue;
  private final VirtualTime time;
  private final WireSocket.Listener listener;
  private final URI uri;
  private final Set<Symbol> subscribed = new HashSet<>();
  private final List<String> received = new ArrayList<>();
  private final List<Long> messages = new ArrayList<>();
  private boolean open = true;
  private boolean dead;
  private String closeReason = "";

  MemorySocket(ScriptedVenue venue, VirtualTime time, WireSocket.Listener listener, URI uri) {
    this.venue = venue;
    this.time = time;
    this.listener = listener;
    this.uri = uri;
  }

  @Override
  public void begin() {
    venue.begun(this, uri);
  }

  @Override
  public void send(String text) {
    messages.add(time.nanos());
    received.add(text);
    if (!dead) {
      venue.received(this, text);
    }
  }

  @Override
  public void close(String reason) {
    closeReason = reason;
    end();
  }

  private void end() {
    open = false;
    venue.closed(this);
  }

  void text(String text) {
    if (open && !dead) {
      // With something around it, as a decoder's buffer has.
      char[] chars = ("##" + text + "##").toCharArray();
      listener.text(chars, 2, text.length());
    }
  }

  void unreadable(String detail) {
    listener.unreadable(detail);
  }

  /// A ping, and the pong that a socket answers with by itself.
  void ping() {
    if (open && !dead) {
      messages.add(time.nanos());
      listener.pinged();
    }
  }

  void pingEvery(Duration period) {
    time.after(
        period,
        () -> {
          if (open) {
            ping();
            pingEvery(period);
          }
        });
  }

  /// The venue closes; over a connection that is dead no word of it comes, but a reset.
  void closeWith(int code, String reason) {
    if (open && dead) {
      fail("the connection broke: Connection reset");
    } else if (open) {
      end();
      listener.closed(code, reason);
    }
  }

  void fail(String detail) {
    end();
    listener.failed(detail);
  }

  /// Nothing passes any more, though the connection stands.
  void die() {
    dead = true;
  }

  Set<Symbol> subscribed() {
    return subscribed;
  }

  URI uri() {
    return uri;
  }

  List<String> received() {
    return List.copyOf(received);
  }

  /// When messages were sent to the venue, pongs included.
  List<Long> messages() {
    return List.copyOf(messages);
  }

  boolean isOpen() {
    return open;
  }

  String closeReason() {
    return closeReason;
  }
}

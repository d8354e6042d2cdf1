package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A venue in memory and in virtual time that speaks [LineDialect]. It confirms what it is asked
/// for, unless told otherwise, and notes what was sent when. One thread.
final class ScriptedVenue implements WireConnector {
  private final VirtualTime time;
  private final List<MemorySocket> open = new ArrayList<>();
  private final List<MemorySocket> all = new ArrayList<>();
  private final List<Long> connects = new ArrayList<>();
  private final Map<Symbol, String> refused = new HashMap<>();
  private final Set<Symbol> unanswered = new HashSet<>();
  private IntFunction<Duration> latency = _ -> Duration.ZERO;
  private @Nullable RuntimeException failure;
  private Duration pings = Duration.ZERO;

  ScriptedVenue(VirtualTime time) {
    this.time = time;
  }

  @Override
  public WireSocket connect(URI uri, WireSocket.Listener listener) {
    connects.add(time.nanos());
    if (failure != null) {
      throw failure;
    }
    MemorySocket socket = new MemorySocket(this, time, listener, uri);
    open.add(socket);
    all.add(socket);
    return socket;
  }

  /// The socket has begun to be read; an address may ask for symbols.
  void begun(MemorySocket socket, URI uri) {
    if (uri.getQuery() != null) {
      for (String symbol : uri.getQuery().substring(2).split(",")) {
        ask(socket, new Symbol(symbol));
      }
    }
    if (!pings.isZero()) {
      socket.pingEvery(pings);
    }
  }

  void received(MemorySocket socket, String text) {
    String[] words = text.split(" ");
    for (int i = 1; i < words.length; i++) {
      Symbol symbol = new Symbol(words[i]);
      if (words[0].equals("SUB")) {
        ask(socket, symbol);
      } else {
        socket.subscribed().remove(symbol);
      }
    }
  }

  private void ask(MemorySocket socket, Symbol symbol) {
    if (refused.containsKey(symbol)) {
      socket.text("REFUSED " + symbol + " " + refused.get(symbol));
    } else if (!unanswered.contains(symbol)) {
      socket.subscribed().add(symbol);
      socket.text("LIVE " + symbol);
    }
  }

  void closed(MemorySocket socket) {
    open.remove(socket);
  }

  /// From now on connections fail so; null: no more.
  void failConnects(@Nullable RuntimeException error) {
    failure = error;
  }

  void refuse(Symbol symbol, String why) {
    refused.put(symbol, why);
  }

  void leaveUnanswered(Symbol symbol) {
    unanswered.add(symbol);
  }

  void answer(Symbol symbol) {
    unanswered.remove(symbol);
  }

  /// Sends a ping every 20 s over each connection that is begun from now on.
  void ping() {
    pingEvery(Duration.ofSeconds(20));
  }

  void pingEvery(Duration period) {
    pings = period;
  }

  /// How long a trade takes over the connection of this number, counted from 0.
  void latency(IntFunction<Duration> byConnection) {
    latency = byConnection;
  }

  void trade(Symbol symbol, long id) {
    for (MemorySocket socket : List.copyOf(open)) {
      if (socket.subscribed().contains(symbol)) {
        Duration delay = latency.apply(all.indexOf(socket));
        if (delay.isZero()) {
          socket.text("T " + symbol + " " + id);
        } else {
          time.after(delay, () -> socket.text("T " + symbol + " " + id));
        }
      }
    }
  }

  /// Ends every connection without a word.
  void cut() {
    List.copyOf(open).forEach(socket -> socket.closeWith(1006, ""));
  }

  List<MemorySocket> open() {
    return List.copyOf(open);
  }

  /// All that ever were, in the order in which they were opened.
  List<MemorySocket> all() {
    return List.copyOf(all);
  }

  /// When connections were begun.
  List<Long> connects() {
    return List.copyOf(connects);
  }
}

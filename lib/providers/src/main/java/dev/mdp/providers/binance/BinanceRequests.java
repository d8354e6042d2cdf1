package dev.mdp.providers.binance;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The requests that were made, known by their ids until they are answered. One thread.
///
/// A refusal is of a request as a whole and names no stream, so that the symbols of a refused
/// request are asked for one by one until each was answered.
final class BinanceRequests {
  /// Binance does not answer messages of more than 4088 bytes, nor does it say so.
  private static final int MAX_BYTES = 3_800;

  /// Requests whose connection ended before the answer; the oldest are forgotten.
  private static final int MAX_PENDING = 2_000;

  private final BinanceStream stream;
  private final Map<Long, Request> pending = new LinkedHashMap<>();
  private final Set<Symbol> suspects = new HashSet<>();
  private long nextId = 1;

  /// @param subscribes whether it subscribes; otherwise it unsubscribes
  record Request(boolean subscribes, List<Symbol> symbols) {
    Request {
      symbols = List.copyOf(symbols);
    }
  }

  BinanceRequests(BinanceStream stream) {
    this.stream = stream;
  }

  List<String> subscribe(List<Symbol> wanted) {
    return messages("SUBSCRIBE", wanted);
  }

  List<String> unsubscribe(List<Symbol> unwanted) {
    return messages("UNSUBSCRIBE", unwanted);
  }

  /// The request with this id, which is answered now; null when there is none.
  @Nullable Request answered(long id) {
    return pending.remove(id);
  }

  /// Asks for these together with others again.
  void trust(Collection<Symbol> symbols) {
    suspects.removeAll(symbols);
  }

  /// Asks for these one by one from now on.
  void suspect(Collection<Symbol> symbols) {
    suspects.addAll(symbols);
  }

  private List<String> messages(String method, List<Symbol> symbols) {
    List<String> messages = new ArrayList<>();
    List<Symbol> together = new ArrayList<>();
    int bytes = 0;
    for (Symbol symbol : symbols) {
      if (suspects.contains(symbol)) {
        messages.add(message(method, List.of(symbol)));
        continue;
      }
      int more = name(symbol).getBytes(StandardCharsets.UTF_8).length + 3;
      if (bytes + more > MAX_BYTES) {
        messages.add(message(method, together));
        together.clear();
        bytes = 0;
      }
      together.add(symbol);
      bytes += more;
    }
    if (!together.isEmpty()) {
      messages.add(message(method, together));
    }
    return messages;
  }

  private String message(String method, List<Symbol> symbols) {
    long id = nextId++;
    pending.put(id, new Request(method.equals("SUBSCRIBE"), symbols));
    if (pending.size() > MAX_PENDING) {
      pending.remove(pending.keySet().iterator().next());
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("method", method);
    message.put("params", symbols.stream().map(this::name).toList());
    message.put("id", id);
    return Json.write(message);
  }

  private String name(Symbol symbol) {
    return symbol.value().toLowerCase(Locale.ROOT) + "@" + stream.event;
  }
}

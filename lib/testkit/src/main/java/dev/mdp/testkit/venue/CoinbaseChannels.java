package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The channels of one connection to Coinbase, each with its products. One thread.
final class CoinbaseChannels {
  private static final Set<String> KNOWN =
      Set.of("matches", "heartbeat", "status", "ticker", "ticker_batch", "level2_batch");

  private final Map<String, Set<String>> productsByChannel = new LinkedHashMap<>();

  /// The channels of a message; one without products has those of the whole message.
  static Map<String, Set<String>> named(ClientMessage message) {
    Map<String, Set<String>> named = new LinkedHashMap<>();
    for (Object channel : message.list("channels")) {
      String name = "";
      Collection<String> products = List.of();
      if (channel instanceof String text) {
        name = text;
      } else {
        ClientMessage own = ClientMessage.ofValue(channel).orElse(message);
        name = own.word("name");
        products = own.words("product_ids");
      }
      named
          .computeIfAbsent(name, _ -> new LinkedHashSet<>())
          .addAll(products.isEmpty() ? message.words("product_ids") : products);
    }
    return named;
  }

  /// Why the venue refuses them; empty when it does not. One wrong product is enough.
  static Optional<String> problem(Map<String, Set<String>> wanted, Predicate<String> known) {
    if (wanted.isEmpty()) {
      return Optional.of("No channels provided");
    }
    for (Map.Entry<String, Set<String>> channel : wanted.entrySet()) {
      if (!KNOWN.contains(channel.getKey())) {
        return Optional.of(channel.getKey() + " is not a valid channel");
      }
      if (channel.getValue().isEmpty() && !channel.getKey().equals("status")) {
        return Optional.of(" is not a valid product");
      }
      for (String product : channel.getValue()) {
        if (!known.test(product)) {
          return Optional.of(product + " is not a valid product");
        }
      }
    }
    return Optional.empty();
  }

  void add(Map<String, Set<String>> more) {
    more.forEach((channel, products) ->
        productsByChannel.computeIfAbsent(channel, _ -> new LinkedHashSet<>()).addAll(products));
  }

  /// A channel that is named without products ends as a whole.
  void remove(Map<String, Set<String>> less) {
    less.forEach((channel, products) -> {
      Set<String> left = productsByChannel.getOrDefault(channel, new LinkedHashSet<>());
      left.removeAll(products);
      if (products.isEmpty() || left.isEmpty()) {
        productsByChannel.remove(channel);
      }
    });
  }

  Set<String> products(String channel) {
    return productsByChannel.getOrDefault(channel, Set.of());
  }

  boolean has(String channel) {
    return productsByChannel.containsKey(channel);
  }

  boolean has(String channel, String product) {
    return products(channel).contains(product);
  }

  /// The message that confirms them.
  String toJson() {
    List<Map<String, Object>> channels =
        productsByChannel.entrySet().stream()
            .map(channel -> channel(channel.getKey(), channel.getValue()))
            .toList();
    return Json.write(ordered("type", "subscriptions", "channels", channels));
  }

  private static Map<String, Object> channel(String name, Set<String> products) {
    return ordered("name", name, "product_ids", List.copyOf(products));
  }

  private static Map<String, Object> ordered(String k1, Object v1, String k2, Object v2) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(k1, v1);
    map.put(k2, v2);
    return map;
  }
}

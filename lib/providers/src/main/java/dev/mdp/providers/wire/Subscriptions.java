package dev.mdp.providers.wire;

import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Gatherers;

/// The messages by which symbols are subscribed and given up, each of some symbols. Immutable.
///
/// @param symbolsPerMessage the most symbols of one message
/// @param message from `subscribe` or `unsubscribe` and some symbols
public record Subscriptions(
    int symbolsPerMessage, BiFunction<String, List<Symbol>, String> message) {
  public List<String> subscribe(List<Symbol> symbols) {
    return messages("subscribe", symbols);
  }

  public List<String> unsubscribe(List<Symbol> symbols) {
    return messages("unsubscribe", symbols);
  }

  private List<String> messages(String verb, List<Symbol> symbols) {
    return symbols.stream()
        .gather(Gatherers.windowFixed(symbolsPerMessage))
        .map(some -> message.apply(verb, some))
        .toList();
  }
}

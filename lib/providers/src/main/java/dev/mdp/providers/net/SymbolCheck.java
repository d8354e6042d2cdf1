package dev.mdp.providers.net;

import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments.Instrument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Compares the symbols that are wanted with those that a venue lists. Thread-safe.
public final class SymbolCheck {
  private final String provider;
  private final Map<Symbol, Instrument> listed = new HashMap<>();
  private final List<String> trading;

  public SymbolCheck(String provider, Collection<Instrument> instruments) {
    this.provider = provider;
    instruments.forEach(instrument -> listed.put(instrument.symbol(), instrument));
    this.trading =
        instruments.stream()
            .filter(Instrument::trading)
            .map(instrument -> instrument.symbol().value())
            .toList();
  }

  /// A sentence for each symbol that the venue does not know, by symbol.
  public List<String> unknown(Collection<Symbol> wanted) {
    List<String> sentences = new ArrayList<>();
    for (Symbol symbol : new TreeSet<>(wanted)) {
      if (!listed.containsKey(symbol)) {
        sentences.add(
            "%s has no symbol '%s'%s"
                .formatted(provider, symbol, Suggestions.phrase(symbol.value(), trading)));
      }
    }
    return sentences;
  }

  /// A sentence for each symbol that the venue knows and that does not trade now, by symbol.
  public List<String> idle(Collection<Symbol> wanted) {
    List<String> sentences = new ArrayList<>();
    for (Symbol symbol : new TreeSet<>(wanted)) {
      Instrument instrument = listed.get(symbol);
      if (instrument != null && !instrument.trading()) {
        sentences.add(
            "'%s' does not trade at %s now: its status is '%s'"
                .formatted(symbol, provider, instrument.status()));
      }
    }
    return sentences;
  }
}

package dev.mdp.providers.dataset;

import dev.mdp.core.event.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The symbols of all runs of a sort, by number. One thread.
final class SymbolNumbers {
  private final List<Symbol> symbols = new ArrayList<>();
  private final Map<Symbol, Integer> numbers = new HashMap<>();

  int number(Symbol symbol) {
    return numbers.computeIfAbsent(
        symbol,
        added -> {
          symbols.add(added);
          return symbols.size() - 1;
        });
  }

  Symbol symbol(int number) {
    return symbols.get(number);
  }
}

package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The symbols that one connection is to carry, and how often each was asked for in vain. The
/// feed's thread.
final class SlotSymbols {
  /// How often a symbol is asked for in vain, on connections on which others are confirmed.
  private static final int MOST_ASKS = 4;

  private final Announcements said;
  private final NavigableSet<Symbol> symbols = new TreeSet<>();
  private final Map<Symbol, Integer> asks = new HashMap<>();

  SlotSymbols(Announcements said) {
    this.said = said;
  }

  NavigableSet<Symbol> all() {
    return Collections.unmodifiableNavigableSet(symbols);
  }

  void add(Collection<Symbol> added) {
    symbols.addAll(added);
  }

  void remove(Collection<Symbol> removed) {
    removed.forEach(symbols::remove);
    removed.forEach(asks::remove);
  }

  /// The venue confirmed one of these.
  void confirmed(Symbol symbol, long micros) {
    asks.remove(symbol);
    said.live(symbol, micros);
  }

  /// Counts what was asked for in vain; returns what is refused for it.
  ///
  /// @param within how long it was waited for
  List<Symbol> missed(Collection<Symbol> missed, String within) {
    List<Symbol> hopeless = new ArrayList<>();
    for (Symbol symbol : missed) {
      if (asks.merge(symbol, 1, Integer::sum) >= MOST_ASKS) {
        hopeless.add(symbol);
      }
    }
    String detail =
        "the venue did not confirm it within "
            + within
            + ", asked "
            + MOST_ASKS
            + " times, while it confirmed others: check that it lists the symbol by this name";
    hopeless.forEach(symbol -> refuse(symbol, detail));
    return hopeless;
  }

  /// The venue refuses a symbol; whether it was one of these.
  boolean refuse(Symbol symbol, String detail) {
    if (!symbols.remove(symbol)) {
      return false;
    }
    asks.remove(symbol);
    said.refused(symbol, detail);
    return true;
  }

  void refuseAll(String detail) {
    said.allRefused(symbols, detail);
    symbols.clear();
    asks.clear();
  }
}

package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was asked of one connection against what the venue confirmed. The feed's thread.
final class Confirmations {
  /// The symbols that are not confirmed, and when that is too late.
  private final Map<Symbol, Long> awaited = new HashMap<>();

  /// Those for which it was too late.
  private final Set<Symbol> missed = new HashSet<>();

  /// The confirmed symbols, and since when they are.
  private final Map<Symbol, Long> confirmed = new HashMap<>();

  /// Those that the venue is still to be told to leave out: what it confirms of them is of before.
  private final Set<Symbol> leaving = new HashSet<>();

  /// Awaits those of these that are not confirmed.
  ///
  /// @param lateNanos when it is too late for a confirmation; [Session#NEVER] while a symbol is
  ///   still to be asked for
  void await(Collection<Symbol> symbols, long lateNanos) {
    for (Symbol symbol : symbols) {
      if (!confirmed.containsKey(symbol)) {
        awaited.put(symbol, lateNanos);
      }
    }
  }

  /// Whether it counts.
  boolean confirm(Symbol symbol, long nowNanos) {
    if (leaving.contains(symbol)) {
      return false;
    }
    awaited.remove(symbol);
    missed.remove(symbol);
    confirmed.putIfAbsent(symbol, nowNanos);
    return true;
  }

  void leave(Collection<Symbol> symbols) {
    symbols.forEach(this::forget);
    leaving.addAll(symbols);
  }

  /// The venue has been told to leave these out.
  void left(Collection<Symbol> symbols) {
    symbols.forEach(leaving::remove);
  }

  /// The venue took a confirmation back; whether there was one.
  boolean withdraw(Symbol symbol) {
    return confirmed.remove(symbol) != null;
  }

  /// Nothing is expected of the symbol any more.
  void forget(Symbol symbol) {
    awaited.remove(symbol);
    missed.remove(symbol);
    confirmed.remove(symbol);
  }

  /// The symbols that should have been confirmed since this was asked last, in their order.
  List<Symbol> takeOverdue(long nowNanos) {
    if (awaited.isEmpty()) {
      return List.of();
    }
    List<Symbol> overdue = new ArrayList<>();
    awaited.forEach((symbol, late) -> {
      if (nowNanos >= late) {
        overdue.add(symbol);
      }
    });
    overdue.forEach(awaited::remove);
    missed.addAll(overdue);
    Collections.sort(overdue);
    return overdue;
  }

  /// When the next symbol is overdue.
  long nextNanos() {
    long next = Session.NEVER;
    for (long late : awaited.values()) {
      next = Math.min(next, late);
    }
    return next;
  }

  boolean hasMissed() {
    return !missed.isEmpty();
  }

  Set<Symbol> confirmed() {
    return confirmed.keySet();
  }

  /// Whether the symbol is confirmed, and was so at this time.
  boolean isConfirmedSince(Symbol symbol, long nanos) {
    Long since = confirmed.get(symbol);
    return since != null && since <= nanos;
  }
}

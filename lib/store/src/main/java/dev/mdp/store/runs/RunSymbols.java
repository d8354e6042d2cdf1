package dev.mdp.store.runs;

import dev.mdp.core.event.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The symbols of one run that its row has, so that a commit writes only those that are new. Kept
/// by every session of a run; thread-safe.
final class RunSymbols {
  /// A row that is written at every commit stays small.
  static final int MOST = 10_000;

  private final Set<String> stored = new HashSet<>();

  /// Those of them that the row does not have; empty when it has as many as it may.
  synchronized <T> Set<String> fresh(List<T> rows, Function<T, Symbol> symbolOf) {
    Set<String> fresh = Set.of();
    @Nullable Symbol last = null;
    for (T row : rows) {
      Symbol symbol = symbolOf.apply(row);
      if (!symbol.equals(last) && !stored.contains(symbol.value())) {
        fresh = fresh.isEmpty() ? new HashSet<>() : fresh;
        fresh.add(symbol.value());
      }
      last = symbol;
    }
    return stored.size() + fresh.size() > MOST ? Set.of() : fresh;
  }

  /// These were committed.
  synchronized void stored(Set<String> fresh) {
    stored.addAll(fresh);
  }
}

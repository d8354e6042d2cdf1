package dev.mdp.core.audit;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.Optional;

/// Which bars are compared with their ticks.
///
/// @param provider only this one, or all
/// @param symbols only these, or all when empty
/// @param intervals only these; when empty all that are in the table or that a worker builds
/// @param fromMicros windows that start at or after it …
/// @param toMicros … and before it
public record AuditScope(
    Optional<String> provider,
    List<Symbol> symbols,
    List<Interval> intervals,
    long fromMicros,
    long toMicros) {
  public AuditScope {
    symbols = List.copyOf(symbols);
    intervals = List.copyOf(intervals);
  }
}

package dev.mdp.core.store;

import dev.mdp.core.event.Signal;
import java.util.List;
import java.util.Optional;

/// Looks at stored signals. Thread-safe.
public interface SignalReader {
  /// What to look for; an empty field means any.
  ///
  /// @param fromMicros inclusive
  /// @param toMicros exclusive
  /// @param limit at most this many, the newest
  record Query(
      Optional<String> provider,
      Optional<String> symbol,
      Optional<String> name,
      long fromMicros,
      long toMicros,
      int limit) {}

  /// In order of time, provider, symbol, name. Throws [dev.mdp.core.error.UnavailableException].
  List<Signal> list(Query query);
}

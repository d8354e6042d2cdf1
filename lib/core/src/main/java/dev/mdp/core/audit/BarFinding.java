package dev.mdp.core.audit;

import dev.mdp.core.event.Bar;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One window whose stored bar and stored ticks were found to differ, or to be without each other.
///
/// @param stored the bar in the table, or null when there is none
/// @param revision the stored bar's revision; 0 without one
/// @param recomputed what the ticks give, or null when there are none
public record BarFinding(
    BarVerdict verdict, @Nullable Bar stored, int revision, @Nullable Bar recomputed) {
  public BarFinding {
    if (stored == null && recomputed == null) {
      throw new IllegalArgumentException("a finding has a bar, ticks or both");
    }
  }

  /// The stored bar, or the recomputed one where nothing is stored: whose key it is.
  public Bar bar() {
    return stored == null ? Objects.requireNonNull(recomputed) : stored;
  }
}

package dev.mdp.core.feed;

import java.util.Locale;

/// What became of a hole.
public enum GapState {
  /// Not closed yet: the venue is being asked, or will be.
  OPEN,
  /// Each of its trades was published.
  FILLED,
  /// The venue itself has no such trades: twice, a minute apart, it gave both neighbours without
  /// them.
  VOID,
  /// The venue does not keep trades that old any more.
  GONE,
  /// The trades are there and were refused here: they are dead letters.
  DEAD_LETTERED,
  /// The provider's ids are not contiguous, so gaps cannot be detected.
  BLIND,
  /// The venue refuses to be asked: the key, the country.
  REFUSED;

  /// The word in tables and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Throws [IllegalArgumentException] for what is not a state's word.
  public static GapState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  public boolean isOpen() {
    return this == OPEN;
  }

  /// Whether asking the venue once more can change it. What is filled is there; a dead letter is
  /// asked for by a requeue; where there are no ids there is nothing to ask for.
  public boolean mayBeAskedAgain() {
    return switch (this) {
      case OPEN, VOID, GONE, REFUSED -> true;
      case FILLED, DEAD_LETTERED, BLIND -> false;
    };
  }
}

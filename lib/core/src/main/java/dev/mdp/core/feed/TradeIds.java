package dev.mdp.core.feed;

import java.util.Locale;

/// What a provider's trade ids tell. It is a property of the provider's name, for ever.
public enum TradeIds {
  /// Each trade of a series has the id of the one before it plus one: a missing id is a missing
  /// trade, and where none is missing nothing was.
  CONTIGUOUS,
  /// No two trades share an id: duplicates can be dropped, gaps cannot be detected.
  UNIQUE,
  /// There are none.
  NONE;

  /// The word in tables and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.mdp.core.audit;

import dev.mdp.core.event.Symbol;

/// A trade that is stored under two times: one id of a venue whose ids are contiguous, twice within
/// one epoch. Of three copies the first is kept, and each other one is a trade of this kind.
///
/// @param seq the venue's id
/// @param kept the copy with the smaller time, which counts
/// @param other the copy that is too many
public record TwiceTrade(
    String provider, Symbol symbol, long seq, StoredCopy kept, StoredCopy other) {
  public TwiceTrade {
    if (kept.micros() >= other.micros()) {
      throw new IllegalArgumentException("the copy with the smaller time is kept");
    }
  }
}

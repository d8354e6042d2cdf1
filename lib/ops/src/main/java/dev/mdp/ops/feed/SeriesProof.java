package dev.mdp.ops.feed;

import dev.mdp.core.feed.AuditedSeries;

/// The ledgers of one epoch of a series.
public record SeriesProof(AuditedSeries series, IdLedger ids, TimeLedger time) {
  /// Throws [IllegalStateException] when something is left that has no word, or has two.
  SeriesProof requireSums() {
    if (!ids.addsUp() || !time.addsUp()) {
      throw new IllegalStateException(
          "%s: the ledgers do not add up: %,d ids, %,d stored, %,d missing; %,d seconds"
              .formatted(series, ids.expected(), ids.stored(), ids.missing(), time.length()));
    }
    return this;
  }
}

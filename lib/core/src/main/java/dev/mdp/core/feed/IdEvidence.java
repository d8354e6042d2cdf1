package dev.mdp.core.feed;

/// What is to be known of ids that may be missing.
public sealed interface IdEvidence {
  IdRange ids();

  /// Ids that no stored trade has. Times are microseconds since the epoch.
  ///
  /// @param fromMicros the event time of the trade below them, or of the one above if that is
  ///   earlier
  /// @param toMicros the later one
  record Missing(IdRange ids, long fromMicros, long toMicros) implements IdEvidence {}

  /// A hole as it is noted.
  ///
  /// @param number for people
  record Noted(long number, FeedGap gap) implements IdEvidence {
    @Override
    public IdRange ids() {
      return gap.ids();
    }
  }
}

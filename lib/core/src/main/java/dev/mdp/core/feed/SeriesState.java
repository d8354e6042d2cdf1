package dev.mdp.core.feed;

import java.util.List;

/// What is noted of a series.
///
/// @param open the holes below the head that are neither filled nor given up
public record SeriesState(FeedCursor cursor, List<FeedGap> open) {
  public SeriesState {
    open = List.copyOf(open);
  }
}

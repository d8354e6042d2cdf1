package dev.mdp.testkit.store;

import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;

/// What the constraints of the feeds' tables refuse. Stateless.
final class FeedConstraints {
  private FeedConstraints() {}

  /// Throws [AssertionError]: what commits such a thing has a mistake.
  static void require(FeedCommit commit) {
    commit.cursors().forEach(FeedConstraints::require);
    commit.gaps().forEach(FeedConstraints::require);
    commit.intervals().forEach(FeedConstraints::require);
  }

  private static void require(FeedCursor cursor) {
    if (cursor.firstId() < 0
        || cursor.firstId() > cursor.contiguousThrough()
        || cursor.contiguousThrough() > cursor.head().id()) {
      throw new AssertionError("the ids of a cursor are not in order: " + cursor);
    }
  }

  private static void require(FeedGap gap) {
    if (gap.state().isOpen() != (gap.closedMicros() == 0)) {
      throw new AssertionError("a hole is open, or was closed at some time: " + gap);
    }
  }

  private static void require(FeedInterval interval) {
    if (interval.fromMicros() > interval.toMicros()) {
      throw new AssertionError("a state ends before it begins: " + interval);
    }
  }
}

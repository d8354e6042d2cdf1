package dev.mdp.testkit.store;

import dev.mdp.core.feed.AskedGaps.Outcome;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedReader.Gap;
import dev.mdp.core.feed.GapState;
import java.util.EnumMap;
import java.util.Map;

/// What became of a hole, by the notes of [InMemoryFeedStore]. One thread.
final class InMemoryOutcome {
  private final InMemoryFeedNotes notes;
  private final Gap asked;

  InMemoryOutcome(InMemoryFeedNotes notes, Gap asked) {
    this.notes = notes;
    this.asked = asked;
  }

  Outcome get() {
    Map<GapState, Long> ids = new EnumMap<>(GapState.class);
    boolean waits = false;
    for (Gap each : notes.gaps()) {
      long common = common(each);
      if (common > 0) {
        ids.merge(each.gap().state(), common, Long::sum);
        waits |= notes.isAsked(each);
      }
    }
    return new Outcome(asked, ids, waits);
  }

  private long common(Gap other) {
    FeedGap one = asked.gap();
    FeedGap two = other.gap();
    boolean isSameSeries =
        asked.provider().equals(other.provider())
            && one.symbol().equals(two.symbol())
            && one.epoch() == two.epoch();
    return isSameSeries
        ? Math.min(one.ids().last(), two.ids().last())
            - Math.max(one.ids().first(), two.ids().first())
            + 1
        : 0;
  }
}

package dev.mdp.ops.fill;

import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.AskedGaps.Outcome;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedReader.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// An operator's wish to have holes asked for again, from their choice to what became of them. One
/// thread.
public final class FillRequest {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int ALL = 1_000_000;

  private final AskedGaps asked;
  private final FeedReader reader;
  private final InstantSource clock;

  public FillRequest(AskedGaps asked, FeedReader reader, InstantSource clock) {
    this.asked = asked;
    this.reader = reader;
    this.clock = clock;
  }

  /// The holes that can be asked for.
  ///
  /// @param again also those that were given up
  public List<Gap> select(FeedReader.Query query, boolean again) {
    return reader.gaps(query).stream()
        .filter(each -> again ? each.gap().state().mayBeAskedAgain() : each.gap().state().isOpen())
        .toList();
  }

  /// The holes with these numbers, in whatever state they are.
  public List<Gap> select(List<Long> numbers) {
    return asked.find(numbers);
  }

  public FillPlan plan(List<Gap> gaps) {
    return FillPlan.of(
        gaps,
        reader.series(
            new FeedReader.Query(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ALL)));
  }

  /// From here on the owner of a hole's shard, now or later, asks for it again.
  public void mark(List<Gap> gaps) {
    asked.ask(gaps.stream().map(Gap::id).toList());
  }

  public List<Outcome> outcomes(List<Gap> gaps) {
    return asked.outcomes(gaps);
  }

  /// Waits until all are closed, at most until this time.
  public List<Outcome> await(List<Gap> gaps, Instant until) throws InterruptedException {
    List<Outcome> outcomes = outcomes(gaps);
    while (!outcomes.stream().allMatch(Outcome::isClosed) && clock.instant().isBefore(until)) {
      Thread.sleep(LOOK);
      outcomes = outcomes(gaps);
    }
    return outcomes;
  }
}

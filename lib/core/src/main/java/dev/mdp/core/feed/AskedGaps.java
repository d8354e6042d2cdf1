package dev.mdp.core.feed;

import dev.mdp.core.feed.FeedReader.Gap;
import java.util.List;
import java.util.Map;

/// Holes that operators want to have asked for again. Who asks only marks them: the owner of their
/// shard takes the marks up, opens the holes and fills them, so that one process alone decides what
/// is published. Thread-safe; each method is one transaction. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface AskedGaps {
  /// The holes with these numbers, as far as there are such.
  List<Gap> find(List<Long> numbers);

  /// Marks them. One that is marked stays as it was; one in a state that is not asked for again is
  /// left alone.
  void ask(List<Long> numbers);

  /// Takes the marks of a shard's holes up: each is open from now on and was never asked for. A
  /// hole of ids that the venue has begun again since cannot be filled and stays as it is, without
  /// its mark. Throws [dev.mdp.core.error.FencedException] when the lease was lost; then nothing
  /// has changed.
  List<AskedGap> take(FeedLease lease);

  /// What became of holes by now, in their order.
  List<Outcome> outcomes(List<Gap> asked);

  /// @param asked the hole as it was
  /// @param ids how many of its ids are in which state; parts of it may be other holes by now
  /// @param waits whether no owner has taken the mark up yet
  record Outcome(Gap asked, Map<GapState, Long> ids, boolean waits) {
    public Outcome {
      ids = Map.copyOf(ids);
    }

    public long of(GapState state) {
      return ids.getOrDefault(state, 0L);
    }

    /// Whether nothing of it is open and no owner is to take it up.
    public boolean isClosed() {
      return !waits && of(GapState.OPEN) == 0;
    }
  }
}

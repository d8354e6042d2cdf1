package dev.mdp.testkit.store;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the contract tests of a feed store share: every test has its own provider, so that a
/// database can be shared.
public abstract class FeedStoreFixture {
  protected static final Duration LEASE = Duration.ofSeconds(30);
  protected static final Symbol SPY = new Symbol("SPY");
  protected static final long T0 = 1_760_000_000_000_000L;

  protected final String provider = "feed-" + UUID.randomUUID();
  protected final FeedKey key = new FeedKey(provider, "mdp.events", 0, 1);

  protected abstract FeedStore store();

  /// Another process's store on the same data.
  protected abstract FeedStore otherStore();

  protected abstract FeedReader reader();

  /// Lets so much of every lease's time pass. Called by several threads.
  protected abstract void pass(Duration time);

  /// The states that were noted, by symbol and time.
  protected abstract List<FeedInterval> intervals(String of);

  protected final FeedClaim.Claimed claim(String owner) {
    return (FeedClaim.Claimed) store().claim(key, owner, LEASE);
  }

  protected final FeedLease commit(FeedLease lease, FeedCommit commit) {
    return store().commit(lease, LEASE, commit);
  }

  /// What an owner would be told now.
  protected final List<SeriesState> noted() {
    pass(LEASE);
    return claim("looks " + UUID.randomUUID()).series();
  }

  protected static FeedCommit at(long major) {
    Position position = new Position(major, 1);
    return new FeedCommit(
        TradeIds.CONTIGUOUS,
        position,
        Optional.of(new LogAnchor(position, -major)),
        List.of(),
        List.of(),
        List.of());
  }

  protected static FeedCommit cursors(FeedCursor... cursors) {
    return with(at(5), List.of(cursors), List.of(), List.of());
  }

  protected static FeedCommit gaps(FeedGap... gaps) {
    return with(at(5), List.of(), List.of(gaps), List.of());
  }

  protected static FeedCommit with(
      FeedCommit at, List<FeedCursor> cursors, List<FeedGap> gaps, List<FeedInterval> intervals) {
    return new FeedCommit(at.ids(), at.position(), at.anchor(), cursors, gaps, intervals);
  }

  /// A series from id 1 to its head.
  protected static FeedCursor cursor(Symbol symbol, long head) {
    return new FeedCursor(symbol, 0, 1, head, mark(head));
  }

  /// The trade with this id: one a second.
  protected static TradeMark mark(long id) {
    return new TradeMark(id, T0 + id * 1_000_000);
  }

  /// An open hole, found an hour after it was missed.
  protected static FeedGap gap(Symbol symbol, long first, long last) {
    return FeedGap.found(
        symbol, 0, mark(first - 1), mark(last + 1), "disconnected", T0 + 3_600_000_000L);
  }
}

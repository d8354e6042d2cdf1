package dev.mdp.testkit.store;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.testkit.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What feeds note, in memory, with the rules of the real tables: leases by the given clock, the
/// fence. Faults come before and after each change takes effect: `claim`, `claim.after`, `renew`,
/// `renew.after`, `commit.before`, `commit.after`, `take`, `take.after`, `release`,
/// `release.after`. Thread-safe as far as its clock is.
public final class InMemoryFeedStore implements FeedStore, FeedReader, AskedGaps {
  private final InstantSource clock;
  private final Faults faults;
  private Map<Id, Place> rows = new LinkedHashMap<>();
  private InMemoryFeedNotes notes = new InMemoryFeedNotes();

  private record Id(String provider, int shard) {}

  /// A row of `feed_positions`.
  private static final class Place {
    final FeedKey key;
    Position position = Position.START;
    Optional<LogAnchor> anchor = Optional.empty();
    @Nullable String owner;
    Instant until = Instant.EPOCH;
    long epoch;

    Place(FeedKey key) {
      this.key = key;
    }

    Place copy() {
      Place copy = new Place(key);
      copy.position = position;
      copy.anchor = anchor;
      copy.owner = owner;
      copy.until = until;
      copy.epoch = epoch;
      return copy;
    }
  }

  public InMemoryFeedStore(InstantSource clock) {
    this(clock, Faults.NONE);
  }

  public InMemoryFeedStore(InstantSource clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public synchronized FeedClaim claim(FeedKey key, String owner, Duration lease) {
    faults.at("claim");
    requireSame(key);
    Place row = rows.computeIfAbsent(new Id(key.provider(), key.shard()), _ -> new Place(key));
    if (row.owner != null && !row.owner.equals(owner) && clock.instant().isBefore(row.until)) {
      return new FeedClaim.Held(row.owner, row.until);
    }
    row.owner = owner;
    row.epoch++;
    FeedLease taken = extended(row, owner, lease);
    faults.at("claim.after");
    return new FeedClaim.Claimed(taken, row.position, row.anchor, notes.series(key));
  }

  private void requireSame(FeedKey key) {
    for (Place row : rows.values()) {
      FeedKey known = row.key;
      if (known.provider().equals(key.provider())
          && !(known.topic().equals(key.topic()) && known.shards() == key.shards())) {
        throw new ConfigException(
            "feed %s was published to %s with %d shards, not to %s with %d: set them back"
                .formatted(
                    key.provider(), known.topic(), known.shards(), key.topic(), key.shards()));
      }
    }
  }

  @Override
  public synchronized FeedLease renew(FeedLease lease, Duration length) {
    faults.at("renew");
    FeedLease renewed = extended(fence(lease), lease.owner(), length);
    faults.at("renew.after");
    return renewed;
  }

  @Override
  public synchronized FeedLease commit(FeedLease lease, Duration length, FeedCommit commit) {
    commit.requireOf(lease.key());
    faults.at("commit.before");
    Place row = fence(lease);
    notes.write(lease.key().provider(), commit, clock.instant());
    row.position = commit.position();
    row.anchor = commit.anchor();
    FeedLease extended = extended(row, lease.owner(), length);
    faults.at("commit.after");
    return extended;
  }

  @Override
  public synchronized void release(FeedLease lease) {
    faults.at("release");
    Place row = owned(lease);
    if (row != null) {
      row.owner = null;
      row.until = Instant.EPOCH;
    }
    faults.at("release.after");
  }

  /// Backs everything up; what is returned takes it all back to that.
  public synchronized Runnable backUp() {
    Map<Id, Place> places = new LinkedHashMap<>();
    rows.forEach((id, place) -> places.put(id, place.copy()));
    InMemoryFeedNotes copied = notes.copy();
    return () -> restore(places, copied);
  }

  private synchronized void restore(Map<Id, Place> places, InMemoryFeedNotes copied) {
    rows = new LinkedHashMap<>();
    places.forEach((id, place) -> rows.put(id, place.copy()));
    notes = copied.copy();
  }

  /// The states of a provider's series, by symbol and time.
  public synchronized List<FeedInterval> intervals(String provider) {
    return notes.intervals(provider);
  }

  @Override
  public synchronized List<Row> series(Query query) {
    return new InMemoryFeedQuery(notes, query).series(this::publisher);
  }

  @Override
  public synchronized List<Gap> gaps(Query query) {
    return new InMemoryFeedQuery(notes, query).gaps();
  }

  @Override
  public synchronized List<Gap> find(List<Long> numbers) {
    return notes.gaps().stream().filter(gap -> numbers.contains(gap.id())).toList();
  }

  @Override
  public synchronized void ask(List<Long> numbers) {
    notes.ask(numbers);
  }

  @Override
  public synchronized List<AskedGap> take(FeedLease lease) {
    faults.at("take");
    fence(lease);
    List<AskedGap> taken = notes.takeAsked(lease.key());
    faults.at("take.after");
    return taken;
  }

  @Override
  public synchronized List<Outcome> outcomes(List<Gap> asked) {
    return asked.stream().map(gap -> new InMemoryOutcome(notes, gap).get()).toList();
  }

  private InMemoryFeedQuery.Publisher publisher(InMemoryFeedNotes.Series series) {
    for (Place row : rows.values()) {
      FeedKey key = row.key;
      if (key.provider().equals(series.provider())
          && Shards.of(key.provider(), series.symbol().value(), key.shards()) == key.shard()) {
        boolean lives = clock.instant().isBefore(row.until);
        return new InMemoryFeedQuery.Publisher(
            key.shard(), lives ? Optional.ofNullable(row.owner) : Optional.empty());
      }
    }
    throw new AssertionError("a cursor without a position: " + series);
  }

  private FeedLease extended(Place row, String owner, Duration length) {
    row.until = clock.instant().plus(length);
    return new FeedLease(row.key, owner, row.epoch, row.until);
  }

  private Place fence(FeedLease lease) {
    Place row = owned(lease);
    if (row == null) {
      throw new FencedException(
          lease.key() + ": the lease of epoch " + lease.epoch() + " was lost");
    }
    return row;
  }

  private @Nullable Place owned(FeedLease lease) {
    Place row = rows.get(new Id(lease.key().provider(), lease.key().shard()));
    if (row == null || row.epoch != lease.epoch() || !lease.owner().equals(row.owner)) {
      return null;
    }
    return row.until.isBefore(lease.until()) ? null : row; // it was set back
  }
}

package dev.mdp.store.feeds;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.TradeArrival;
import dev.mdp.store.checkpoints.CheckpointRow;
import dev.mdp.store.checkpoints.TickWorkers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the trades that feeds noted are in the table, shard by shard, at one moment: those that
/// store ticks have passed the place in the log at which the feed noted them. Immutable.
final class FeedArrivals {
  private static final String POSITIONS =
      """
      SELECT provider, shard, topic, shards, position, updated_at,
             coalesce(lease_until > clock_timestamp(), false) AS owned
        FROM feed_positions
      """;

  /// Positions of Redis begin with the time of their entry in milliseconds; those of Kafka do not
  /// come as far.
  private static final long SMALLEST_TIME = 100_000_000_000L;

  private static final long MICROS_IN_MILLI = 1_000;

  private record Place(String topic, int shard) {}

  private record Stored(Position position, long movedMicros) {}

  private static final Stored NOTHING = new Stored(Position.START, Long.MIN_VALUE);

  private record Noted(
      String provider, Place place, int shards, Position position, long atMicros, boolean owned) {
    /// When the entry there was appended, or not before it was noted.
    long appendedMicros() {
      return position.major() >= SMALLEST_TIME ? position.major() * MICROS_IN_MILLI : atMicros;
    }
  }

  private final TickWorkers ticks;
  private final long staleBefore;
  private final List<Noted> notes = new ArrayList<>();
  private final Map<Place, Stored> stored = new HashMap<>();

  private FeedArrivals(TickWorkers ticks, Duration pendingOk) {
    this.ticks = ticks;
    this.staleBefore = ticks.nowMicros() - Micros.of(pendingOk);
  }

  /// @param pendingOk for how long trades may be on the way
  static FeedArrivals read(Connection connection, Duration pendingOk) throws SQLException {
    FeedArrivals arrivals = new FeedArrivals(TickWorkers.now(connection), pendingOk);
    for (CheckpointRow row : CheckpointRow.all(connection)) {
      CheckpointKey key = row.status().key();
      if (key.does(CheckpointKey.TICK_CONSUMER)) {
        arrivals.stored.merge(
            new Place(key.topic(), key.shard()),
            new Stored(row.status().checkpoint().position(), Micros.of(row.status().updatedAt())),
            (a, b) -> a.position().isAfter(b.position()) ? a : b);
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(POSITIONS)) {
      while (row.next()) {
        arrivals.notes.add(
            new Noted(
                row.getString("provider"),
                new Place(row.getString("topic"), row.getInt("shard")),
                row.getInt("shards"),
                Position.parse(row.getString("position")),
                Micros.of(PositionTable.instant(row, "updated_at")),
                row.getBoolean("owned")));
      }
    }
    return arrivals;
  }

  long nowMicros() {
    return ticks.nowMicros();
  }

  /// Whether all that is noted of the provider, or of all, is stored.
  boolean isAllStored(Optional<String> provider) {
    return notes.stream()
        .filter(each -> provider.isEmpty() || provider.get().equals(each.provider()))
        .allMatch(each -> noted(each) == TradeArrival.STORED);
  }

  /// Whether the ticks of a shard are stored as far as this entry.
  boolean isStored(String topic, int shard, Position position) {
    return !position.isAfter(stored.getOrDefault(new Place(topic, shard), NOTHING).position());
  }

  /// What became of the trades of a series that are noted. Where no one knows any more at which
  /// place, there is nothing to wait for.
  TradeArrival noted(String provider, String symbol) {
    return of(provider, symbol).map(this::noted).orElse(TradeArrival.STORED);
  }

  private TradeArrival noted(Noted note) {
    Stored there = stored.getOrDefault(note.place(), NOTHING);
    if (!note.position().isAfter(there.position())) {
      return TradeArrival.STORED;
    }
    boolean isOverdue = there.movedMicros() < staleBefore && note.appendedMicros() < staleBefore;
    return ticks.alive() && !isOverdue ? TradeArrival.ON_THE_WAY : TradeArrival.STUCK;
  }

  /// What will become of trades of a series above the noted head: a process that is alive notes
  /// them.
  TradeArrival unnoted(String provider, String symbol) {
    return of(provider, symbol)
        .map(note ->
            note.owned() || note.atMicros() >= staleBefore
                ? TradeArrival.ON_THE_WAY
                : TradeArrival.STUCK)
        .orElse(TradeArrival.STORED);
  }

  /// Whether a process publishes the series.
  boolean isOwned(String provider, String symbol) {
    return of(provider, symbol).map(Noted::owned).orElse(false);
  }

  private Optional<Noted> of(String provider, String symbol) {
    return notes.stream()
        .filter(note ->
            note.provider().equals(provider)
                && note.place().shard() == Shards.of(provider, symbol, note.shards()))
        .findFirst();
  }
}

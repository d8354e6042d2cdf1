package dev.mdp.store.verify;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.PendingRepairs;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.checkpoints.TickMarks;
import dev.mdp.store.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `pending_repairs`, and the bars of its windows by the statement that `verify bars` compares
/// with. Thread-safe.
public final class JdbcPendingRepairs implements PendingRepairs {
  private static final String WAITING =
      "SELECT count(*) FROM pending_repairs WHERE consumer_group = ? AND topic = ? AND shard = ?";

  private static final String READY =
      """
      SELECT provider, symbol, interval, ts FROM pending_repairs
       WHERE consumer_group = ? AND topic = ? AND shard = ?
         AND (ended OR updated_at < clock_timestamp() - interval '1 minute')
         AND (split_part(position, '-', 1)::numeric, split_part(position, '-', 2)::numeric)
             <= (?::numeric, ?::numeric)
       ORDER BY ts, provider, symbol, interval LIMIT ?
      """;

  private final Database database;

  public JdbcPendingRepairs(Database database) {
    this.database = database;
  }

  @Override
  public Ready ready(CheckpointKey key, int limit) {
    return database.query(
        "look for repairs of " + key,
        connection -> {
          long waiting = waiting(connection, key);
          return waiting == 0
              ? new Ready(List.of(), 0)
              : new Ready(ready(connection, key, stored(connection, key), limit), waiting);
        });
  }

  private static long waiting(Connection connection, CheckpointKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
      bind(statement, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /// How far the ticks of the shard are stored.
  private static Position stored(Connection connection, CheckpointKey key) throws SQLException {
    return TickMarks.storedThrough(connection, key.topic(), key.shard()).orElse(Position.START);
  }

  private static List<PendingRepair> ready(
      Connection connection, CheckpointKey key, Position stored, int limit) throws SQLException {
    List<PendingRepair> ready = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READY)) {
      bind(statement, key);
      statement.setLong(4, stored.major());
      statement.setLong(5, stored.minor());
      statement.setInt(6, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ready.add(
              new PendingRepair(
                  row.getString(1),
                  new Symbol(row.getString(2)),
                  Interval.parse(row.getString(3)),
                  Micros.of(row.getObject(4, OffsetDateTime.class).toInstant())));
        }
      }
    }
    return ready;
  }

  private static void bind(PreparedStatement statement, CheckpointKey key) throws SQLException {
    statement.setString(1, key.group());
    statement.setString(2, key.topic());
    statement.setInt(3, key.shard());
  }

  /// A bar that is stored as it would be computed is left out: there is nothing to repair.
  @Override
  public List<Bar> recompute(List<PendingRepair> windows) {
    return database.query(
        "compute " + windows.size() + " bars again",
        connection -> {
          List<Bar> bars = new ArrayList<>();
          for (PendingRepair window : windows) {
            Comparison.run(connection, slice(window), new Recomputed(bars));
          }
          return bars;
        });
  }

  private static Comparison.TimeSlice slice(PendingRepair window) {
    return new Comparison.TimeSlice(
        window.provider(),
        List.of(window.symbol().value()),
        window.interval(),
        window.startMicros(),
        window.startMicros() + window.interval().micros(),
        WindowRule.ALL);
  }

  private record Recomputed(List<Bar> bars) implements Comparison.Answer {
    @Override
    public void total(String verdict, long windows, long ticks) {}

    @Override
    public void different(
        @Nullable Bar stored, int revision, @Nullable Bar recomputed, long newestStored) {
      if (recomputed != null) {
        bars.add(recomputed);
      }
    }
  }
}

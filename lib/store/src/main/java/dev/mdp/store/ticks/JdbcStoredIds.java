package dev.mdp.store.ticks;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import dev.mdp.store.checkpoints.TickMarks;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The trade ids in `tick_data`, as runs. Thread-safe.
public final class JdbcStoredIds implements StoredIds {
  /// Ids that follow each other are as far from their rank as their neighbours.
  private static final String RUNS =
      """
      SELECT min(seq), max(seq), (array_agg(ts ORDER BY seq))[1], (array_agg(ts ORDER BY seq DESC))[1]
        FROM (SELECT seq, min(ts) AS ts, seq - row_number() OVER (ORDER BY seq) AS run
                FROM tick_data
               WHERE provider = ? AND symbol = ? AND ts >= ? AND seq BETWEEN ? AND ?
               GROUP BY seq) t
       GROUP BY run ORDER BY 1
      """;

  private final Database database;

  public JdbcStoredIds(Database database) {
    this.database = database;
  }

  @Override
  public List<TradeRun> stored(String provider, Symbol symbol, IdRange among, long fromMicros) {
    return database.query(
        "look for the trades of " + provider + " " + symbol,
        connection -> {
          List<TradeRun> runs = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(RUNS)) {
            statement.setString(1, provider);
            statement.setString(2, symbol.value());
            statement.setObject(3, RowTable.utc(fromMicros));
            statement.setLong(4, among.first());
            statement.setLong(5, among.last());
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                runs.add(
                    new TradeRun(
                        new TradeMark(
                            row.getLong(1), micros(row.getObject(3, OffsetDateTime.class))),
                        new TradeMark(
                            row.getLong(2), micros(row.getObject(4, OffsetDateTime.class)))));
              }
            }
          }
          return runs;
        });
  }

  @Override
  public Optional<Position> storedThrough(String topic, int shard) {
    return database.query(
        "look how far the ticks of shard " + shard + " are stored",
        connection -> TickMarks.storedThrough(connection, topic, shard));
  }

  private static long micros(OffsetDateTime time) {
    return Micros.of(time.toInstant());
  }
}

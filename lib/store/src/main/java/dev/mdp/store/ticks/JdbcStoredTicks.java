package dev.mdp.store.ticks;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Looks moments up in the primary key of `tick_data`: first whether a symbol has any tick in the
/// range of its moments, which is one step where history is new, then moment by moment.
/// Thread-safe.
public final class JdbcStoredTicks implements StoredTicks {
  private static final String PLANNER =
      RowTable.PLANNER_SETTINGS.entrySet().stream()
          .map(setting -> "SET LOCAL " + setting.getKey() + " = " + setting.getValue())
          .collect(Collectors.joining("; "));

  private record Range(Symbol symbol, long low, long high) {
    Range with(Range other) {
      return new Range(symbol, Math.min(low, other.low), Math.max(high, other.high));
    }
  }

  private static final List<RowColumn<Range>> RANGES =
      List.of(
          new RowColumn.Text<>("symbol", range -> range.symbol().value()),
          new RowColumn.Time<>("low", Range::low),
          new RowColumn.Time<>("high", Range::high));

  private static final List<RowColumn<Moment>> MOMENTS =
      List.of(
          new RowColumn.Text<>("symbol", moment -> moment.symbol().value()),
          new RowColumn.Time<>("ts", Moment::srcMicros));

  private static final String ANY =
      "SELECT i.symbol FROM "
          + RowTable.unnest(RANGES)
          + " AS "
          + RowTable.alias(RANGES)
          + " CROSS JOIN LATERAL (SELECT FROM tick_data t WHERE t.provider = ? AND t.symbol = i.symbol"
          + " AND t.ts BETWEEN i.low AND i.high AND t.ts BETWEEN ? AND ? LIMIT 1) f";

  private static final String LOOK =
      "SELECT b.symbol, b.ts, b.seq, b.price, b.size, b.bid, b.ask FROM "
          + RowTable.unnest(MOMENTS)
          + " AS "
          + RowTable.alias(MOMENTS)
          + " CROSS JOIN LATERAL (SELECT t.symbol, t.ts, t.seq, t.price, t.size, t.bid, t.ask"
          + " FROM tick_data t WHERE t.provider = ? AND t.symbol = i.symbol AND t.ts = i.ts"
          + " AND t.ts BETWEEN ? AND ? ORDER BY t.seq LIMIT ?) b";

  private final Database database;

  public JdbcStoredTicks(Database database) {
    this.database = database;
  }

  @Override
  public List<Tick> at(String provider, Collection<Moment> moments, int limit) {
    if (moments.isEmpty()) {
      return List.of();
    }
    return database.transaction(
        "look at stored ticks",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(PLANNER);
          }
          Set<String> present = symbols(connection, provider, moments);
          List<Moment> wanted =
              moments.stream().filter(m -> present.contains(m.symbol().value())).toList();
          return wanted.isEmpty() ? List.of() : look(connection, provider, wanted, limit);
        });
  }

  private static Set<String> symbols(
      Connection connection, String provider, Collection<Moment> moments) throws SQLException {
    Map<Symbol, Range> bySymbol = new TreeMap<>();
    for (Moment moment : moments) {
      bySymbol.merge(
          moment.symbol(),
          new Range(moment.symbol(), moment.srcMicros(), moment.srcMicros()),
          Range::with);
    }
    List<Range> ranges = List.copyOf(bySymbol.values());
    try (PreparedStatement statement = connection.prepareStatement(ANY)) {
      int next = RowTable.bind(statement, RANGES, ranges);
      statement.setString(next++, provider);
      statement.setObject(
          next++, RowTable.utc(ranges.stream().mapToLong(Range::low).min().orElse(0)));
      statement.setObject(
          next, RowTable.utc(ranges.stream().mapToLong(Range::high).max().orElse(0)));
      Set<String> present = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          present.add(row.getString(1));
        }
      }
      return present;
    }
  }

  private static List<Tick> look(
      Connection connection, String provider, List<Moment> moments, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      int next = RowTable.bind(statement, MOMENTS, moments);
      statement.setString(next++, provider);
      RowTable.bindRange(statement, next, moments, Moment::srcMicros);
      statement.setInt(next + 2, limit);
      List<Tick> ticks = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ticks.add(tick(provider, row));
        }
      }
      return ticks;
    }
  }

  private static Tick tick(String provider, ResultSet row) throws SQLException {
    long micros = Micros.of(row.getObject(2, OffsetDateTime.class).toInstant());
    return new Tick(
        provider,
        MarketEvent.LIVE,
        new Symbol(row.getString(1)),
        micros,
        row.getLong(3),
        row.getDouble(4),
        optional(row, 5),
        optional(row, 6),
        optional(row, 7),
        micros);
  }

  private static double optional(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Tick.ABSENT : value;
  }
}

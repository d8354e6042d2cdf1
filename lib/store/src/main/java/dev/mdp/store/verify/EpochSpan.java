package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// A time in which each id of a series stands for one trade: an epoch of a venue's ids, as far as a
/// range reaches. An epoch ends with its head. What comes within a second after it may be of either
/// epoch, as a venue's times are not quite in the order of its ids, and is in none.
///
/// @param fromMicros inclusive
/// @param toMicros exclusive
record EpochSpan(String provider, Symbol symbol, long fromMicros, long toMicros) {
  private static final long UNSURE_MICROS = 1_000_000;

  private static final String EPOCHS =
      """
      SELECT c.provider, c.symbol, c.head_ts
        FROM feed_cursors c
       WHERE EXISTS (SELECT FROM feed_series s WHERE s.provider = c.provider AND s.symbol = c.symbol
                        AND s.ids = 'contiguous')
         AND (? = '' OR c.provider = ?)
       ORDER BY c.provider, c.symbol, c.epoch
      """;

  private record Epoch(String provider, Symbol symbol, long headMicros) {
    boolean isBefore(Epoch next) {
      return provider.equals(next.provider) && symbol.equals(next.symbol);
    }
  }

  /// Those of the series of the scope, in its range widened on both sides.
  static List<EpochSpan> of(Connection connection, AuditScope scope, long widenedMicros)
      throws SQLException {
    List<Epoch> epochs = epochs(connection, scope);
    List<EpochSpan> spans = new ArrayList<>();
    long end = Math.min(Micros.MAX, scope.toMicros() + widenedMicros);
    long from = Math.max(Micros.MIN, scope.fromMicros() - widenedMicros);
    long begin = from;
    for (int i = 0; i < epochs.size(); i++) {
      Epoch epoch = epochs.get(i);
      boolean isNewest = i + 1 == epochs.size() || !epoch.isBefore(epochs.get(i + 1));
      long until = isNewest ? end : Math.min(end, epoch.headMicros() + 1);
      if (begin < until) {
        spans.add(new EpochSpan(epoch.provider(), epoch.symbol(), begin, until));
      }
      begin = isNewest ? from : Math.max(from, epoch.headMicros() + UNSURE_MICROS);
    }
    return spans;
  }

  private static List<Epoch> epochs(Connection connection, AuditScope scope) throws SQLException {
    List<Epoch> epochs = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(EPOCHS)) {
      String provider = scope.provider().orElse("");
      statement.setString(1, provider);
      statement.setString(2, provider);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Symbol symbol = new Symbol(row.getString(2));
          if (scope.symbols().isEmpty() || scope.symbols().contains(symbol)) {
            epochs.add(new Epoch(row.getString(1), symbol, micros(row, 3)));
          }
        }
      }
    }
    return epochs;
  }

  /// Binds provider, symbol and the range to the first four parameters.
  void bind(PreparedStatement statement) throws SQLException {
    statement.setString(1, provider);
    statement.setString(2, symbol.value());
    statement.setObject(3, RowTable.utc(fromMicros));
    statement.setObject(4, RowTable.utc(toMicros));
  }

  EpochSpan part(long from, long to) {
    return new EpochSpan(provider, symbol, from, to);
  }

  static long micros(ResultSet row, int column) throws SQLException {
    return Micros.of(row.getObject(column, OffsetDateTime.class).toInstant());
  }
}

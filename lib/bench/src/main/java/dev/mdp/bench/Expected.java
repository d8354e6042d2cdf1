package dev.mdp.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// What a table must have of one provider.
///
/// @param volume the sum of all sizes, which are whole numbers
record Expected(String provider, long rows, long volume) {

  /// The difference in words, or empty when there is none.
  String difference(Connection connection, String table, String volumeColumn) throws SQLException {
    String sql =
        "SELECT count(*), coalesce(sum(%s::text::numeric), 0) FROM %s WHERE provider = ?"
            .formatted(volumeColumn, table);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, provider);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return difference(table, found.getLong(1), found.getBigDecimal(2));
      }
    }
  }

  /// As above, of what was counted in any place.
  String difference(String place, long rows, BigDecimal volume) {
    return rows == this.rows && volume.compareTo(BigDecimal.valueOf(this.volume)) == 0
        ? ""
        : "%s of %s: %d rows with volume %s, the generator made %d with %d"
            .formatted(place, provider, rows, volume.toPlainString(), this.rows, this.volume);
  }
}

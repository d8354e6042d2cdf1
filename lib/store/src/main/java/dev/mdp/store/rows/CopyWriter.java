package dev.mdp.store.rows;

import dev.mdp.core.fault.Failpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Streams rows into a table by `COPY … (FORMAT binary)`.
final class CopyWriter {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final int FLUSH_BYTES = 1 << 16;

  private CopyWriter() {}

  /// Returns how many rows were stored. Rows go in the order given.
  static <T> long copy(Connection connection, String sql, List<RowColumn<T>> columns, List<T> rows)
      throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      WireBuffer wire = new WireBuffer(FLUSH_BYTES + 1_024);
      wire.putBytes(SIGNATURE).putInt(0).putInt(0);
      for (T row : rows) {
        wire.putShort(columns.size());
        for (RowColumn<T> column : columns) {
          column.write(wire, row);
        }
        if (wire.size() >= FLUSH_BYTES) {
          copy.writeToCopy(wire.bytes(), 0, wire.size());
          wire.clear();
        }
      }
      if (Failpoint.isSet()) {
        copy.writeToCopy(wire.bytes(), 0, wire.size());
        copy.flushCopy();
        wire.clear();
        Failpoint.MID_COPY.pass();
      }
      wire.putShort(-1);
      copy.writeToCopy(wire.bytes(), 0, wire.size());
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}

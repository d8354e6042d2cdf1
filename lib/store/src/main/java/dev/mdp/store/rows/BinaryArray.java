package dev.mdp.store.rows;

import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/// One column of many rows as an array parameter in the server's binary form.
@SuppressWarnings("serial")
final class BinaryArray extends PGobject implements PGBinaryObject {
  private static final int ELEMENT_GUESS = 16;

  private final transient WireBuffer wire;

  private BinaryArray(WireBuffer wire) {
    this.wire = wire;
  }

  static <T> BinaryArray of(RowColumn<T> column, List<T> rows) throws SQLException {
    WireBuffer wire = new WireBuffer(20 + ELEMENT_GUESS * rows.size());
    wire.putInt(1); // dimensions
    wire.putInt(1); // may hold NULL
    wire.putInt(column.typeNumber());
    wire.putInt(rows.size());
    wire.putInt(1); // first index
    for (T row : rows) {
      column.write(wire, row);
    }
    BinaryArray array = new BinaryArray(wire);
    array.setType("_" + column.type());
    array.setValue("(binary)"); // never sent; were it, no server would take it for an array
    return array;
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("arrays are only sent");
  }

  @Override
  public int lengthInBytes() {
    return wire.size();
  }

  @Override
  public void toBytes(byte[] target, int offset) {
    System.arraycopy(wire.bytes(), 0, target, offset, wire.size());
  }
}

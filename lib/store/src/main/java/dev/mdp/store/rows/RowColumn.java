package dev.mdp.store.rows;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// A column of a table and where its value comes from. What it writes, a length and the value in
/// binary, serves COPY and arrays alike.
///
/// @param <T> what a row is made of
public sealed interface RowColumn<T> {
  String name();

  /// The SQL type, for example `float8`.
  String type();

  /// The type's number in the server's catalog.
  int typeNumber();

  /// Appends the row's value, preceded by its length; a length of -1 is NULL.
  void write(WireBuffer out, T row);

  /// @param value an empty text is NULL
  record Text<T>(String name, Function<T, String> value) implements RowColumn<T> {
    @Override
    public String type() {
      return "text";
    }

    @Override
    public int typeNumber() {
      return 25;
    }

    @Override
    public void write(WireBuffer out, T row) {
      String text = value.apply(row);
      if (text.isEmpty()) {
        out.putInt(NULL);
      } else {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(utf8.length).putBytes(utf8);
      }
    }
  }

  /// @param value [Long#MIN_VALUE] is NULL
  record Whole<T>(String name, ToLongFunction<T> value) implements RowColumn<T> {
    @Override
    public String type() {
      return "int8";
    }

    @Override
    public int typeNumber() {
      return 20;
    }

    @Override
    public void write(WireBuffer out, T row) {
      long number = value.applyAsLong(row);
      if (number == Long.MIN_VALUE) {
        out.putInt(NULL);
      } else {
        out.putInt(Long.BYTES).putLong(number);
      }
    }
  }

  /// @param value NaN is NULL
  record Real<T>(String name, ToDoubleFunction<T> value) implements RowColumn<T> {
    @Override
    public String type() {
      return "float8";
    }

    @Override
    public int typeNumber() {
      return 701;
    }

    @Override
    public void write(WireBuffer out, T row) {
      double number = value.applyAsDouble(row);
      if (Double.isNaN(number)) {
        out.putInt(NULL);
      } else {
        out.putInt(Double.BYTES).putLong(Double.doubleToRawLongBits(number));
      }
    }
  }

  /// @param value microseconds since 1970
  record Time<T>(String name, ToLongFunction<T> value) implements RowColumn<T> {
    private static final long MICROS_1970_TO_2000 = 946_684_800_000_000L;

    @Override
    public String type() {
      return "timestamptz";
    }

    @Override
    public int typeNumber() {
      return 1184;
    }

    @Override
    public void write(WireBuffer out, T row) {
      out.putInt(Long.BYTES).putLong(value.applyAsLong(row) - MICROS_1970_TO_2000);
    }
  }

  /// Never NULL.
  record Bytes<T>(String name, Function<T, byte[]> value) implements RowColumn<T> {
    @Override
    public String type() {
      return "bytea";
    }

    @Override
    public int typeNumber() {
      return 17;
    }

    @Override
    public void write(WireBuffer out, T row) {
      byte[] bytes = value.apply(row);
      out.putInt(bytes.length).putBytes(bytes);
    }
  }

  /// The length that stands for NULL.
  int NULL = -1;
}

package dev.mdp.bus.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one JSON object said, field by field, before anything is classified. Reused from event to
/// event.
final class RawFields {
  private static final int COUNT = WireField.values().length;

  private final @Nullable String[] texts = new @Nullable String[COUNT];
  private final double[] numbers = new double[COUNT];
  private int seen;
  private int present;
  private int wrongType;
  private long integer;
  private boolean integral;
  private boolean versionOne;

  void clear() {
    Arrays.fill(texts, null);
    seen = 0;
    present = 0;
    wrongType = 0;
    integer = 0;
    integral = false;
    versionOne = false;
  }

  /// Notes that the field's name was read; false when it was read before.
  boolean see(WireField field) {
    int bit = bit(field);
    boolean first = (seen & bit) == 0;
    seen |= bit;
    return first;
  }

  void text(WireField field, String value) {
    texts[field.ordinal()] = value;
    present |= bit(field);
  }

  void number(WireField field, double value) {
    numbers[field.ordinal()] = value + 0.0;
    present |= bit(field);
  }

  void seq(long value) {
    integer = value;
    integral = true;
    present |= bit(WireField.SEQ);
  }

  void versionOne() {
    versionOne = true;
    present |= bit(WireField.VERSION);
  }

  /// The value is there but of another type than the field's.
  void wrong(WireField field) {
    wrongType |= bit(field);
    present |= bit(field);
  }

  /// Whether there is a value that is not null.
  boolean has(WireField field) {
    return (present & bit(field)) != 0;
  }

  boolean isWrong(WireField field) {
    return (wrongType & bit(field)) != 0;
  }

  /// The text of a text field, or null when it is absent or no text.
  @Nullable String text(WireField field) {
    return texts[field.ordinal()];
  }

  /// The number of a number field; meaningful when it is present and not of a wrong type. Never
  /// -0.0.
  double number(WireField field) {
    return numbers[field.ordinal()];
  }

  /// The sequence number, 0 when absent.
  long seq() {
    return integer;
  }

  boolean seqIsUsable() {
    return integral || !has(WireField.SEQ);
  }

  boolean isVersionOne() {
    return versionOne || !has(WireField.VERSION);
  }

  private static int bit(WireField field) {
    return 1 << field.ordinal();
  }
}

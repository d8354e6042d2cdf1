package dev.mdp.bus.codec;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing line of UTF-8 bytes with the few things that events need. Reused; one thread.
final class JsonLine {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int DATE = 11;
  private static final long MAX_PLAIN = 1_000_000_000_000_000L;
  private static final double[] SCALES = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
  private static final long[] POWERS = new long[19];

  static {
    long power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private byte[] bytes = new byte[512];
  private int length;
  private long cachedDay = Long.MIN_VALUE;
  private final byte[] cachedDate = new byte[DATE];

  void clear() {
    length = 0;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /// Appends ASCII text as it is.
  @SuppressWarnings("deprecation") // the one call that copies Latin-1 text without a detour
  JsonLine raw(String ascii) {
    int count = ascii.length();
    ensure(count);
    ascii.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  /// Appends text that needs no escape, in UTF-8.
  JsonLine text(String text) {
    int count = text.length();
    for (int i = 0; i < count; i++) {
      if (text.charAt(i) >= 0x80) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return raw(text);
  }

  private JsonLine raw(byte[] utf8) {
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  /// Appends the shortest decimal that reads back as the same double; whole numbers without a
  /// fraction.
  JsonLine number(String what, double value) {
    if (!Tick.isUsable(value)) {
      throw new IllegalArgumentException(what + " is " + value + ", want " + Tick.USABLE);
    }
    double magnitude = Math.abs(value);
    for (int decimals = 0; decimals < SCALES.length; decimals++) {
      double scaled = magnitude * SCALES[decimals];
      if (scaled >= MAX_PLAIN) {
        break;
      }
      long digits = Math.round(scaled);
      if (digits / SCALES[decimals] == magnitude) {
        return decimal(value < 0, digits, decimals);
      }
    }
    return raw(Double.toString(value));
  }

  JsonLine integer(long value) {
    if (value < 0) {
      return raw(Long.toString(value));
    }
    return digits(value, 1);
  }

  /// Appends RFC 3339 UTC with six fraction digits.
  JsonLine time(long micros) {
    long day = Math.floorDiv(micros, MICROS_PER_DAY);
    if (day != cachedDay) {
      byte[] text = Micros.format(micros).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, cachedDate, 0, DATE);
      cachedDay = day;
    }
    ensure(DATE);
    System.arraycopy(cachedDate, 0, bytes, length, DATE);
    length += DATE;
    long inDay = micros - day * MICROS_PER_DAY;
    long seconds = inDay / 1_000_000L;
    digits(seconds / 3_600, 2).raw(":").digits(seconds / 60 % 60, 2).raw(":");
    return digits(seconds % 60, 2).raw(".").digits(inDay % 1_000_000L, 6).raw("Z");
  }

  private JsonLine decimal(boolean negative, long digits, int decimals) {
    if (negative) {
      raw("-");
    }
    long scale = (long) SCALES[decimals];
    digits(digits / scale, 1);
    return decimals == 0 ? this : raw(".").digits(digits % scale, decimals);
  }

  private JsonLine digits(long value, int width) {
    int count = width;
    while (count < POWERS.length && value >= POWERS[count]) {
      count++;
    }
    ensure(count);
    long rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
    return this;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}

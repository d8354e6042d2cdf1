package dev.mdp.bus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes looked at eight at a time.
final class Words {
  static final int SIZE = 8;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private Words() {}

  static long at(byte[] data, int index) {
    return (long) LONG.get(data, index);
  }

  /// The first eight bytes, or all there are with zeros after them.
  static long head(byte[] data, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (from + SIZE <= data.length) {
      return length >= SIZE ? at(data, from) : at(data, from) & (-1L >>> (SIZE - length) * 8);
    }
    long head = 0;
    for (int i = Math.min(length, SIZE) - 1; i >= 0; i--) {
      head = head << 8 | (data[from + i] & 0xff);
    }
    return head;
  }

  static int hash(long head) {
    return (int) (head * 0x9e3779b97f4a7c15L >>> 40);
  }

  static int hash(byte[] data, int from, int length) {
    long hash = length;
    int end = from + length;
    int i = from;
    for (; i + SIZE <= end; i += SIZE) {
      hash = (hash ^ at(data, i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; i < end; i++) {
      rest = rest << 8 | (data[i] & 0xff);
    }
    hash = (hash ^ rest) * 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 40);
  }

  static boolean equal(byte[] left, int leftFrom, byte[] right, int rightFrom, int length) {
    int i = 0;
    for (; i + SIZE <= length; i += SIZE) {
      if (at(left, leftFrom + i) != at(right, rightFrom + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (left[leftFrom + i] != right[rightFrom + i]) {
        return false;
      }
    }
    return true;
  }

  static boolean isAscii(long word) {
    return (word & HIGHS) == 0;
  }

  static boolean isAscii(byte[] data, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (data[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /// Where the JSON string that began before `from` ends: the index of its closing quote, or -1
  /// when it holds an escape, a control or a non-ASCII character, or does not end.
  static int closingQuote(byte[] data, int from, int to) {
    int i = from;
    for (; i + SIZE <= to; i += SIZE) {
      long word = at(data, i);
      long found =
          zeros(word ^ QUOTES)
              | zeros(word ^ BACKSLASHES)
              | ((word - SPACES) & ~word & HIGHS)
              | (word & HIGHS);
      if (found != 0) {
        int at = i + (Long.numberOfTrailingZeros(found) >>> 3);
        return data[at] == '"' ? at : -1;
      }
    }
    for (; i < to; i++) {
      byte b = data[i];
      if (b == '"') {
        return i;
      }
      if (b == '\\' || b < ' ') {
        return -1;
      }
    }
    return -1;
  }

  /// The high bit of every zero byte; only the lowest set bit is to be trusted.
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}

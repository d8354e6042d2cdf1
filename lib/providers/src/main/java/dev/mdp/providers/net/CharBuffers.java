package dev.mdp.providers.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Buffers that were used before, by powers of two, so that messages cost no allocation. It keeps
/// at most 256 Ki characters of each size; what is longer is not kept. Not thread-safe.
final class CharBuffers {
  private static final int SMALLEST_BITS = 7;
  private static final int LARGEST_BITS = 16;
  private static final int KEPT_BITS = 18;

  private final List<ArrayDeque<char[]>> free = new ArrayList<>();

  CharBuffers() {
    for (int bits = SMALLEST_BITS; bits <= LARGEST_BITS; bits++) {
      free.add(new ArrayDeque<>());
    }
  }

  /// How long the buffer for this many characters is.
  static int capacity(int length) {
    int bits = bits(length);
    return bits > LARGEST_BITS ? length : 1 << bits;
  }

  char[] take(int length) {
    int bits = bits(length);
    char[] kept = bits > LARGEST_BITS ? null : free.get(bits - SMALLEST_BITS).pollLast();
    return kept != null ? kept : new char[capacity(length)];
  }

  void give(char[] buffer) {
    int bits = bits(buffer.length);
    if (bits <= LARGEST_BITS) {
      ArrayDeque<char[]> kept = free.get(bits - SMALLEST_BITS);
      if (kept.size() < 1 << (KEPT_BITS - bits)) {
        kept.addLast(buffer);
      }
    }
  }

  private static int bits(int length) {
    int least = Math.max(length, 1 << SMALLEST_BITS);
    return Integer.SIZE - Integer.numberOfLeadingZeros(least - 1);
  }
}

package dev.mdp.bus.codec;

/// Bytes that are between two values of a layout, compared eight at a time.
final class Literal {
  private final byte[] bytes;
  private final long[] words;
  private final long lastMask;

  Literal(byte[] data, int from, int to) {
    bytes = new byte[to - from];
    System.arraycopy(data, from, bytes, 0, bytes.length);
    int count = (bytes.length + Words.SIZE - 1) / Words.SIZE;
    byte[] padded = new byte[count * Words.SIZE];
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = Words.at(padded, i * Words.SIZE);
    }
    int rest = bytes.length % Words.SIZE;
    lastMask = rest == 0 ? -1L : (1L << (rest * 8)) - 1;
  }

  int length() {
    return bytes.length;
  }

  /// Whether the bytes at `at` are these; false also where fewer are left before `to`.
  boolean matches(byte[] data, int at, int to) {
    if (at + bytes.length > to) {
      return false;
    }
    int last = words.length - 1;
    if (at + words.length * Words.SIZE > data.length) {
      return Words.equal(bytes, 0, data, at, bytes.length);
    }
    for (int i = 0; i < last; i++) {
      if (Words.at(data, at + i * Words.SIZE) != words[i]) {
        return false;
      }
    }
    return last < 0 || ((Words.at(data, at + last * Words.SIZE) ^ words[last]) & lastMask) == 0;
  }
}

package dev.mdp.bus.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives the same value object for the same bytes, as long as there is room: a fixed number of
/// slots, searched in a short window, so that hostile input can neither grow nor slow it. One
/// thread.
///
/// Texts of up to eight bytes, as nearly all symbols are, are known by one number beside the slot:
/// with thousands of them a look at each key's own object would miss the processor's cache.
final class InternTable<T> {
  private static final int WINDOW = 8;

  private final int mask;
  private final long[] heads;
  private final byte[][] keys;
  private final @Nullable Object[] values;
  private final Function<String, @Nullable T> maker;
  private int nextVictim;

  /// @param slots a power of two
  /// @param maker makes the value of an ASCII text, or null when the text is none
  InternTable(int slots, Function<String, @Nullable T> maker) {
    this.mask = slots - 1;
    this.heads = new long[slots];
    this.keys = new byte[slots][];
    this.values = new @Nullable Object[slots];
    this.maker = maker;
  }

  /// The value of these bytes; null when they are not ASCII or the maker refuses them.
  @Nullable T get(byte[] data, int from, int length) {
    long head = Words.head(data, from, length);
    if (!Words.isAscii(head)) {
      return null;
    }
    boolean whole = length <= Words.SIZE;
    int home = (whole ? Words.hash(head) : Words.hash(data, from, length)) & mask;
    long tagged = head | tag(length);
    for (int i = 0; i < WINDOW; i++) {
      int slot = (home + i) & mask;
      Object value = values[slot];
      if (value == null) {
        return make(data, from, length, slot, tagged);
      }
      if (heads[slot] == tagged && (whole || hasKey(slot, data, from, length))) {
        return typed(value);
      }
    }
    nextVictim = (nextVictim + 1) % WINDOW;
    return make(data, from, length, (home + nextVictim) & mask, tagged);
  }

  /// The value of this text; null when it is not ASCII or the maker refuses it.
  @Nullable T get(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return get(bytes, 0, bytes.length);
  }

  /// The length in the bits that ASCII leaves free, or none for a text that is longer than its
  /// head.
  private static long tag(int length) {
    return length > Words.SIZE
        ? 0
        : (length & 1L) << 7 | (length & 2L) << 14 | (length & 4L) << 21 | (length & 8L) << 28;
  }

  private boolean hasKey(int slot, byte[] data, int from, int length) {
    byte[] key = keys[slot];
    return key.length == length && Words.equal(key, 0, data, from, length);
  }

  private @Nullable T make(byte[] data, int from, int length, int slot, long tagged) {
    if (!Words.isAscii(data, from, length)) {
      return null;
    }
    T made = maker.apply(new String(data, from, length, StandardCharsets.US_ASCII));
    if (made != null) {
      byte[] key = new byte[length];
      System.arraycopy(data, from, key, 0, length);
      heads[slot] = tagged;
      keys[slot] = key;
      values[slot] = made;
    }
    return made;
  }

  @SuppressWarnings("unchecked")
  private T typed(Object value) {
    return (T) value;
  }
}

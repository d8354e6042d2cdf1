package dev.mdp.bus.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives the same value object for the same bytes, as long as there is room: a bounded number of
/// slots, searched in a short window, so that hostile input can neither grow it further nor slow
/// it. One thread.
///
/// It begins small and doubles when it meets a full window: every shard's reader has tables of its
/// own, and of many shards each has few of the symbols.
///
/// Texts of up to eight bytes, as nearly all symbols are, are known by one number beside the slot:
/// with thousands of them a look at each key's own object would miss the processor's cache.
final class InternTable<T> {
  private static final int WINDOW = 8;
  private static final int FIRST_SLOTS = 1 << 7;

  private final int mostSlots;
  private final Function<String, @Nullable T> maker;
  private int mask;
  private long[] heads;
  private byte[][] keys;
  private @Nullable Object[] values;
  private int nextVictim;

  /// @param mostSlots a power of two
  /// @param maker makes the value of an ASCII text, or null when the text is none
  InternTable(int mostSlots, Function<String, @Nullable T> maker) {
    int slots = Math.min(mostSlots, FIRST_SLOTS);
    this.mostSlots = mostSlots;
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
    if (mask + 1 < mostSlots) {
      grow();
      return get(data, from, length);
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

  /// Doubles the slots. What finds no place in its window any more is forgotten, and made again
  /// when it comes.
  private void grow() {
    long[] oldHeads = heads;
    byte[][] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    int slots = (mask + 1) * 2;
    mask = slots - 1;
    heads = new long[slots];
    keys = new byte[slots][];
    values = new @Nullable Object[slots];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != null) {
        byte[] key = oldKeys[i];
        int slot = freeSlot(key);
        if (slot >= 0) {
          heads[slot] = oldHeads[i];
          keys[slot] = key;
          values[slot] = oldValues[i];
        }
      }
    }
  }

  private int freeSlot(byte[] key) {
    int hash =
        key.length <= Words.SIZE
            ? Words.hash(Words.head(key, 0, key.length))
            : Words.hash(key, 0, key.length);
    for (int i = 0; i < WINDOW; i++) {
      int slot = (hash + i) & mask;
      if (values[slot] == null) {
        return slot;
      }
    }
    return -1;
  }

  private @Nullable T make(byte[] data, int from, int length, int slot, long tagged) {
    if (!Words.isAscii(data, from, length)) {
      return null;
    }
    int maskBefore = mask;
    T made = maker.apply(new String(data, from, length, StandardCharsets.US_ASCII));
    // A maker that asks this table may have made it grow: then the slot is not of this text.
    if (made != null && mask == maskBefore) {
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

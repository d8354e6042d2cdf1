package dev.mdp.bus.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives the same value object for the same bytes, as long as there is room: a fixed number of
/// slots, searched in a short window, so that hostile input can neither grow nor slow it. One
/// thread.
final class InternTable<T> {
  private static final int WINDOW = 8;

  private final int mask;
  private final byte[][] keys;
  private final @Nullable Object[] values;
  private final Function<String, @Nullable T> maker;
  private int nextVictim;

  /// @param slots a power of two
  /// @param maker makes the value of an ASCII text, or null when the text is none
  InternTable(int slots, Function<String, @Nullable T> maker) {
    this.mask = slots - 1;
    this.keys = new byte[slots][];
    this.values = new @Nullable Object[slots];
    this.maker = maker;
  }

  /// The value of these bytes; null when they are not ASCII or the maker refuses them.
  @Nullable T get(byte[] data, int from, int length) {
    int home = Words.hash(data, from, length) & mask;
    for (int i = 0; i < WINDOW; i++) {
      int slot = (home + i) & mask;
      byte[] key = keys[slot];
      if (key == null) {
        return make(data, from, length, slot);
      }
      if (key.length == length && Words.equal(key, 0, data, from, length)) {
        return value(slot);
      }
    }
    nextVictim = (nextVictim + 1) % WINDOW;
    return make(data, from, length, (home + nextVictim) & mask);
  }

  /// The value of this text; null when it is not ASCII or the maker refuses it.
  @Nullable T get(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return get(bytes, 0, bytes.length);
  }

  private @Nullable T make(byte[] data, int from, int length, int slot) {
    if (!Words.isAscii(data, from, length)) {
      return null;
    }
    T made = maker.apply(new String(data, from, length, StandardCharsets.US_ASCII));
    if (made != null) {
      byte[] key = new byte[length];
      System.arraycopy(data, from, key, 0, length);
      keys[slot] = key;
      values[slot] = made;
    }
    return made;
  }

  @SuppressWarnings("unchecked")
  private @Nullable T value(int slot) {
    return (T) values[slot];
  }
}

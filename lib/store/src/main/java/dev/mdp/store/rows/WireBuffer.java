package dev.mdp.store.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes in network order, growing as needed. One thread.
final class WireBuffer {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private byte[] bytes;
  private int size;

  WireBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  WireBuffer putShort(int value) {
    SHORT.set(room(2), size, (short) value);
    size += 2;
    return this;
  }

  WireBuffer putInt(int value) {
    INT.set(room(4), size, value);
    size += 4;
    return this;
  }

  WireBuffer putLong(long value) {
    LONG.set(room(8), size, value);
    size += 8;
    return this;
  }

  WireBuffer putBytes(byte[] value) {
    System.arraycopy(value, 0, room(value.length), size, value.length);
    size += value.length;
    return this;
  }

  private byte[] room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
    return bytes;
  }
}

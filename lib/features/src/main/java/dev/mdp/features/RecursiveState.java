package dev.mdp.features;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.features.statistic.Recursive;
import dev.mdp.features.window.LastPrice;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What of a symbol cannot be had from the slices of the horizon, and its bytes: version, end of
/// the last evaluation, the last price, then for each recursive feature a fingerprint of its name,
/// kind, periods and `every`, the length of its state, and the state. Numbers are big-endian.
///
/// @param fresh the features whose state was not among the bytes
record RecursiveState(
    LastPrice lastPrice, long lastEnd, List<Recursive> states, List<String> fresh) {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = Byte.BYTES + 3 * Long.BYTES + Short.BYTES;
  private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  static byte[] save(FeatureSet set, LastPrice lastPrice, long lastEnd, List<Recursive> states) {
    int length = HEADER_BYTES;
    for (Recursive state : states) {
      length += ENTRY_BYTES + state.stateBytes();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    bytes.put(VERSION).putLong(lastEnd).putLong(lastPrice.endMicros()).putDouble(lastPrice.price());
    bytes.putShort((short) states.size());
    for (int i = 0; i < states.size(); i++) {
      bytes.putLong(fingerprint(set.recursive().get(i), set.every()));
      bytes.putInt(states.get(i).stateBytes());
      states.get(i).save(bytes);
    }
    return bytes.array();
  }

  /// @throws IllegalArgumentException when the bytes are not such a state
  static RecursiveState restore(FeatureSet set, byte[] state) {
    try {
      return read(set, ByteBuffer.wrap(state));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "the state of the features ends too early, after " + state.length + " bytes", e);
    }
  }

  private static RecursiveState read(FeatureSet set, ByteBuffer bytes) {
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the state of the features has version " + version + ", want " + VERSION);
    }
    long lastEnd = bytes.getLong();
    LastPrice lastPrice = lastPrice(bytes.getLong(), bytes.getDouble());
    Map<Long, ByteBuffer> saved = entries(bytes);
    List<Recursive> states = set.newStates();
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      FeatureSpec spec = set.recursive().get(i);
      ByteBuffer entry = saved.get(fingerprint(spec, set.every()));
      if (entry == null) {
        fresh.add(spec.name());
      } else {
        restore(spec, states.get(i), entry);
      }
    }
    return new RecursiveState(lastPrice, lastEnd, states, fresh);
  }

  private static LastPrice lastPrice(long endMicros, double price) {
    if ((endMicros == Long.MIN_VALUE) != Double.isNaN(price) || Double.isInfinite(price)) {
      throw new IllegalArgumentException(
          "the state of the features has a last price of " + price + " before " + endMicros);
    }
    return new LastPrice(endMicros, price);
  }

  private static Map<Long, ByteBuffer> entries(ByteBuffer bytes) {
    int count = bytes.getShort();
    Map<Long, ByteBuffer> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      long fingerprint = bytes.getLong();
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw new IllegalArgumentException(
            "the state of the features says %d bytes where %d are left"
                .formatted(length, bytes.remaining()));
      }
      entries.put(fingerprint, bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
    }
    if (count < 0 || bytes.hasRemaining()) {
      throw new IllegalArgumentException(
          "the state of the features has %d bytes after its %d entries"
              .formatted(bytes.remaining(), count));
    }
    return entries;
  }

  private static void restore(FeatureSpec spec, Recursive state, ByteBuffer entry) {
    try {
      state.restore(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the state of " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  /// FNV-1a (Fowler, Noll, Vo), 64 bits.
  private static long fingerprint(FeatureSpec spec, Interval every) {
    String text =
        spec.name() + '|' + spec.kind().prefix() + '|' + spec.periods() + '|' + every.micros();
    long hash = FNV_OFFSET;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ each) * FNV_PRIME;
    }
    return hash;
  }
}

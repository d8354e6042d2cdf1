package dev.mdp.bus.redis;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.core.bus.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/// The entries of one reply, in arrays that are used again for the next one: ids, and the bytes of
/// the `data` fields one after the other. Filled by Lettuce's thread, read by the caller's after
/// the reply is complete.
final class EntryBatch {
  /// The entry has fields but no `data`.
  private static final int NO_DATA = -1;

  /// The entry is only known by its id: it was deleted.
  private static final int DELETED = -2;

  /// What is kept of an entry that is too large for an event, for people who look.
  static final int BEGINNING = 1_024;

  private byte[] bytes = new byte[64 * 1024];
  private int used;
  private long[] majors = new long[1024];
  private long[] minors = new long[1024];
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] shards = new int[1024];
  private final BitSet tooLarge = new BitSet();
  private int count;

  void clear() {
    used = 0;
    count = 0;
    tooLarge.clear();
  }

  int count() {
    return count;
  }

  int totalBytes() {
    return used;
  }

  Position position(int index) {
    return new Position(majors[index], minors[index]);
  }

  int shard(int index) {
    return shards[index];
  }

  boolean isDeleted(int index) {
    return ends[index] == DELETED;
  }

  boolean hasData(int index) {
    return ends[index] >= 0;
  }

  /// Whether the entry is larger than any event may be; then only its beginning is here.
  boolean isTooLarge(int index) {
    return tooLarge.get(index);
  }

  /// The buffer that holds the entries' bytes; valid until the next [#clear].
  byte[] bytes() {
    return bytes;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  byte[] copyOf(int index) {
    return hasData(index) ? Arrays.copyOfRange(bytes, starts[index], ends[index]) : new byte[0];
  }

  /// Begins an entry.
  void begin(long major, long minor, int shard) {
    if (count == majors.length) {
      int size = count * 2;
      majors = Arrays.copyOf(majors, size);
      minors = Arrays.copyOf(minors, size);
      starts = Arrays.copyOf(starts, size);
      ends = Arrays.copyOf(ends, size);
      shards = Arrays.copyOf(shards, size);
    }
    majors[count] = major;
    minors[count] = minor;
    shards[count] = shard;
    starts[count] = used;
    ends[count] = DELETED;
  }

  /// The entry that was begun has fields.
  void sawField() {
    if (ends[count] == DELETED) {
      ends[count] = NO_DATA;
    }
  }

  /// Takes the first `data` field of the entry that was begun; of one that is too long, only the
  /// beginning.
  void take(ByteBuffer value) {
    if (ends[count] >= 0) {
      return;
    }
    int length = value.remaining();
    if (length > EventCodec.MAX_BYTES) {
      length = BEGINNING;
      tooLarge.set(count);
    }
    if (used + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + length));
    }
    value.get(value.position(), bytes, used, length);
    used += length;
    ends[count] = used;
  }

  /// Ends the entry that was begun.
  void commit() {
    count++;
  }
}

package dev.mdp.bus.redis;

import dev.mdp.core.bus.Position;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes entries straight from a RESP2 reply into an [EntryBatch], without an object per entry:
/// arrays of `[id, [field, value, …]]` at a known depth, whatever is around them.
final class EntriesOutput extends CommandOutput<byte[], byte[], EntryBatch> {
  /// `[entry, …]`: XRANGE.
  static final int PLAIN = 1;

  /// `[cursor, [entry, …], …]`: XAUTOCLAIM.
  static final int CLAIMED = 2;

  /// `[[stream, [entry, …]], …]`: XREAD, XREADGROUP.
  static final int BY_STREAM = 3;

  private final EntryBatch batch;
  private final int entryDepth;
  private final List<byte[]> streams;
  private int depth;
  private int shard;
  private boolean inEntry;
  private boolean atName = true;
  private boolean isData;
  private int unknown;
  private final List<Position> deleted = new ArrayList<>();
  private @Nullable String cursor;

  EntriesOutput(EntryBatch batch, int entryDepth, int shard) {
    this(batch, entryDepth, List.of());
    this.shard = shard;
  }

  /// @param streams the streams' names in the order of their shards, for [#BY_STREAM]
  EntriesOutput(EntryBatch batch, int entryDepth, List<byte[]> streams) {
    super(ByteArrayCodec.INSTANCE, batch);
    batch.clear();
    this.batch = batch;
    this.entryDepth = entryDepth;
    this.streams = streams;
  }

  /// How many entries came as nil, without even an id: deleted ones, from a server before 7.0.
  int unknown() {
    return unknown;
  }

  /// Entries that the server itself took out of the pending ones because they were deleted: from
  /// 7.0 on.
  List<Position> deleted() {
    return deleted;
  }

  /// Where an XAUTOCLAIM has to continue; `0-0` at the end.
  String cursor() {
    return cursor == null ? "0-0" : cursor;
  }

  @Override
  public void multi(int count) {
    depth++;
  }

  @Override
  public void complete(int enclosing) {
    depth = enclosing;
    if (enclosing == entryDepth && inEntry) {
      batch.commit();
      inEntry = false;
    }
  }

  @Override
  public void set(@Nullable ByteBuffer value) {
    int below = depth - entryDepth;
    if (below == 2 && inEntry) {
      field(value);
    } else if (below == 1 && value != null) {
      id(value);
    } else if (below == 0 && value == null) {
      unknown++;
    } else if (below == 0 && entryDepth == CLAIMED) {
      delete(decodeString(value));
    } else if (below == -1 && entryDepth == BY_STREAM && value != null) {
      stream(value);
    } else if (depth == 1 && entryDepth == CLAIMED && value != null) {
      cursor = decodeString(value);
    }
  }

  @Override
  public void set(long integer) {
    // no command read with this output answers with numbers that matter
  }

  private void delete(String id) {
    try {
      deleted.add(Position.parse(id));
    } catch (IllegalArgumentException _) {
      setError(StreamIds.TOO_LARGE + ' ' + id);
    }
  }

  private void field(@Nullable ByteBuffer value) {
    if (atName) {
      batch.sawField();
      isData = value != null && isData(value);
    } else if (isData && value != null) {
      batch.take(value);
    }
    atName = !atName;
  }

  private void id(ByteBuffer value) {
    long major = 0;
    int i = value.position();
    for (; i < value.limit() && value.get(i) != '-'; i++) {
      major = next(major, value.get(i));
    }
    long minor = 0;
    for (i++; i < value.limit(); i++) {
      minor = next(minor, value.get(i));
    }
    if (major < 0 || minor < 0) {
      setError(StreamIds.TOO_LARGE + ' ' + decodeString(value) + ' ' + streamName());
      return;
    }
    batch.begin(major, minor, shard);
    inEntry = true;
    atName = true;
  }

  /// Negative once the number does not fit.
  private static long next(long number, byte digit) {
    return number < 0 || number > (Long.MAX_VALUE - 9) / 10 ? -1 : number * 10 + (digit - '0');
  }

  private String streamName() {
    return shard < streams.size() ? new String(streams.get(shard), StandardCharsets.UTF_8) : "";
  }

  private void stream(ByteBuffer name) {
    for (int i = 0; i < streams.size(); i++) {
      if (name.equals(ByteBuffer.wrap(streams.get(i)))) {
        shard = i;
        return;
      }
    }
  }

  private static boolean isData(ByteBuffer name) {
    int at = name.position();
    return name.remaining() == 4
        && name.get(at) == 'd'
        && name.get(at + 1) == 'a'
        && name.get(at + 2) == 't'
        && name.get(at + 3) == 'a';
  }
}

package dev.mdp.bus.redis;

import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stream read by position (XREAD). While the caller works on a full batch the next one is
/// already on its way; reading has no effect on the server, so a batch that is given up is simply
/// read again.
final class RedisShard implements ShardSubscription {
  /// About how many bytes one reply may have.
  private static final int REPLY_BUDGET = 16 * 1024 * 1024;

  private static final int USUAL_BYTES = 1_024;

  /// The most entries of one reply: what is read, decoded and folded together stays in the
  /// processor's cache, and a read is long enough that its round trip costs nothing.
  private static final int REPLY_ENTRIES = 1_000;

  private final RedisLink link;
  private final EntryDecoder decoder;
  private final byte[] key;
  private final int shard;
  private final ShardNumber number;
  private final ReadPace pace;

  /// The id after which the next read from the server begins.
  private String after = "0-0";

  private EntryBatch current = new EntryBatch();
  private EntryBatch spare = new EntryBatch();
  private int served;
  private @Nullable Reply<EntryBatch> prefetch;
  private int prefetchCount;
  private boolean shortRead;
  private boolean numberIsNoted;
  private int bytesPerEntry = USUAL_BYTES;

  RedisShard(
      RedisLink link,
      EntryDecoder decoder,
      byte[] key,
      int shard,
      ShardNumber number,
      ReadPace pace) {
    this.link = link;
    this.decoder = decoder;
    this.key = key;
    this.shard = shard;
    this.number = number;
    this.pace = pace;
    link.open();
  }

  @Override
  public int shard() {
    return shard;
  }

  @Override
  public void seek(Position first) {
    if (prefetch != null) {
      forgetPrefetch();
      link.drop();
    }
    current.clear();
    served = 0;
    shortRead = false;
    after = StreamIds.justBefore(first);
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    if (served == current.count()) {
      refill(max, wait);
    }
    int end = Math.min(current.count(), served + max);
    List<Delivery> deliveries = new ArrayList<>(end - served);
    for (; served < end; served++) {
      deliveries.add(decoder.decode(current, served, false));
    }
    return deliveries;
  }

  @Override
  public boolean reachedEnd() {
    return shortRead && served == current.count();
  }

  /// An id begins with the millisecond of its entry.
  @Override
  public Position appendedSince(long appendMicros) {
    return new Position(Math.max(0, Math.floorDiv(appendMicros, 1_000)), 0);
  }

  @Override
  public LogBounds bounds() {
    return guarded(() -> StreamInfo.bounds(link, key));
  }

  @Override
  public Optional<LogAnchor> anchor(Position position) {
    EntryBatch found =
        guarded(() ->
            link.call(
                Verb.XRANGE,
                new EntriesOutput(new EntryBatch(), EntriesOutput.PLAIN, shard),
                key,
                position,
                position));
    return found.count() == 0
        ? Optional.empty()
        : Optional.of(LogAnchor.of(position, found.copyOf(0)));
  }

  @Override
  public void trimBefore(Position position, Instant appendedBefore) {
    Position byTime = new Position(Math.max(0, appendedBefore.toEpochMilli()), 0);
    Position until = position.isAfter(byTime) ? byTime : position;
    guarded(() -> {
      number.lookForOthers();
      List<Object> removed = link.ask(Verb.XTRIM, key, "minid", "~", until);
      return removed.getFirst() instanceof Long entries && entries > 0
          ? link.ask(Verb.SET, StreamInfo.trimMark(key), until)
          : removed;
    });
  }

  @Override
  public boolean isShortOfMemory() {
    try {
      return StreamInfo.isShortOfMemory(link.ask(Verb.INFO, "memory"));
    } catch (ServerError e) {
      return false; // a user without the right to ask does not know
    }
  }

  @Override
  public void mirror(String group, Position position) {
    guarded(() -> {
      if (!numberIsNoted) {
        number.note();
        numberIsNoted = true;
      }
      number.lookForOthers();
      try {
        return link.ask(Verb.XGROUP, "setid", key, group, position);
      } catch (ServerError e) {
        if (!e.is("NOGROUP") && !e.text().contains("requires the key to exist")) {
          throw e;
        }
        return createGroup(group, position);
      }
    });
  }

  @Override
  public void close() {
    forgetPrefetch();
    link.close();
  }

  private List<Object> createGroup(String group, Position position) throws ServerError {
    try {
      return link.ask(Verb.XGROUP, "create", key, group, position, "mkstream");
    } catch (ServerError e) {
      if (e.is("BUSYGROUP")) {
        return List.of();
      }
      throw e;
    }
  }

  private void refill(int max, Duration wait) {
    int count = Math.clamp(REPLY_BUDGET / bytesPerEntry, 1, Math.min(max, REPLY_ENTRIES));
    try {
      if (prefetch != null) {
        takePrefetched();
      }
      if (served == current.count()) {
        pace.linger(wait);
        readInto(current, count, wait);
      }
      if (current.count() >= prefetchCount) {
        startPrefetch(count);
      }
    } catch (ServerError e) {
      throw link.translated(e, new String(key, StandardCharsets.UTF_8));
    } catch (MdpException e) {
      giveUpReads();
      throw e;
    }
  }

  private void takePrefetched() throws ServerError {
    Reply<EntryBatch> reply = prefetch;
    if (reply == null) {
      return;
    }
    prefetch = null;
    EntryBatch read = link.answer(reply, Duration.ZERO);
    spare = current;
    current = read;
    noteRead();
  }

  private void readInto(EntryBatch batch, int count, Duration wait) throws ServerError {
    prefetchCount = count;
    served = 0;
    batch.clear();
    link.answer(link.send(read(batch, count, wait)), wait);
    noteRead();
  }

  private void noteRead() {
    served = 0;
    int count = current.count();
    shortRead = count < prefetchCount;
    pace.read(count);
    if (count > 0) {
      after = current.position(count - 1).toString();
      bytesPerEntry = Math.max(64, current.totalBytes() / count);
    }
  }

  /// A connection that is lost here is the next poll's business: this one has entries to give.
  private void startPrefetch(int count) {
    prefetchCount = count;
    try {
      prefetch = link.send(read(spare, count, Duration.ZERO));
    } catch (UnavailableException _) {
      spare = new EntryBatch();
    }
  }

  private Reply<EntryBatch> read(EntryBatch batch, int count, Duration wait) {
    EntriesOutput output = new EntriesOutput(batch, EntriesOutput.BY_STREAM, shard);
    return wait.isZero() || wait.isNegative()
        ? new Reply<>(Verb.XREAD, output, "count", count, "streams", key, after)
        : new Reply<>(
            Verb.XREAD,
            output,
            "count",
            count,
            "block",
            Math.max(1, wait.toMillis()),
            "streams",
            key,
            after);
  }

  /// After a lost connection Lettuce's thread may still write into a batch: both are replaced.
  private void giveUpReads() {
    prefetch = null;
    shortRead = false;
    current = new EntryBatch();
    spare = new EntryBatch();
    served = 0;
  }

  private void forgetPrefetch() {
    if (prefetch != null) {
      prefetch = null;
      spare = new EntryBatch();
    }
  }

  private <T> T guarded(ServerCall<T> call) {
    try {
      return call.run();
    } catch (ServerError e) {
      throw link.translated(e, new String(key, StandardCharsets.UTF_8));
    }
  }

  /// A call that the server may answer with an error.
  interface ServerCall<T> {
    T run() throws ServerError;
  }
}

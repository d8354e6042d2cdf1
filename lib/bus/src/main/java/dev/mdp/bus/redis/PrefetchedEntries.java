package dev.mdp.bus.redis;

import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The entries of one stream from a position on, read ahead (XREAD): while the caller works on a
/// full batch the next one is already on its way. Reading has no effect on the server, so a batch
/// that is given up is simply read again. One thread.
final class PrefetchedEntries {
  private static final int USUAL_BYTES = 1_024;

  /// The most entries of one reply: what is read, decoded and folded together stays in the
  /// processor's cache, and a read is long enough that its round trip costs nothing.
  private static final int REPLY_ENTRIES = 1_000;

  private final RedisLink link;
  private final byte[] key;
  private final int shard;
  private final ReadPace pace;
  private final ReplyBudget budget = new ReplyBudget(USUAL_BYTES);

  /// The id after which the next read from the server begins.
  private String after = "0-0";

  private EntryBatch current = new EntryBatch();
  private EntryBatch spare = new EntryBatch();
  private int served;
  private @Nullable Reply<EntryBatch> prefetch;
  private int prefetchCount;
  private boolean shortRead;

  PrefetchedEntries(RedisLink link, byte[] key, int shard, ReadPace pace) {
    this.link = link;
    this.key = key;
    this.shard = shard;
    this.pace = pace;
  }

  /// The entry at this position is the next one, or the first one after it.
  void seek(Position first) {
    if (prefetch != null) {
      forgetPrefetch();
      link.drop();
    }
    current.clear();
    served = 0;
    shortRead = false;
    after = StreamIds.justBefore(first);
  }

  /// How many entries are at hand, up to `max`: when none is left, after a read.
  int atHand(int max, Duration wait) {
    if (served == current.count()) {
      refill(max, wait);
    }
    return Math.min(current.count() - served, max);
  }

  /// The next of the entries at hand.
  Delivery next(EntryDecoder decoder) {
    Delivery delivery = decoder.decode(current, served, false);
    served++;
    return delivery;
  }

  /// Whether the last read brought less than it might have, and all of it was given.
  boolean reachedEnd() {
    return shortRead && served == current.count();
  }

  void forgetPrefetch() {
    if (prefetch != null) {
      prefetch = null;
      spare = new EntryBatch();
    }
  }

  private void refill(int max, Duration wait) {
    int count = budget.entries(Math.min(max, REPLY_ENTRIES), 1);
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
      budget.observe(current);
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
}

package dev.mdp.bus.redis;

import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One stream as the log of a shard: read by position, anchored and trimmed. One thread.
final class RedisShard implements ShardSubscription {
  private final RedisLink link;
  private final EntryDecoder decoder;
  private final byte[] key;
  private final int shard;
  private final ShardNumber number;
  private final PrefetchedEntries entries;
  private boolean numberIsNoted;

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
    this.entries = new PrefetchedEntries(link, key, shard, pace);
    link.open();
  }

  @Override
  public int shard() {
    return shard;
  }

  @Override
  public void seek(Position first) {
    entries.seek(first);
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    int count = entries.atHand(max, wait);
    List<Delivery> deliveries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      deliveries.add(entries.next(decoder));
    }
    return deliveries;
  }

  @Override
  public boolean reachedEnd() {
    return entries.reachedEnd();
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

  /// A server that was started again may have lost its last writes, and so may a replica that was
  /// promoted.
  @Override
  public String incarnation() {
    try {
      return StreamInfo.runId(link.ask(Verb.INFO, "server"));
    } catch (ServerError e) {
      return ""; // a user without the right to ask does not know
    }
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
    entries.forgetPrefetch();
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

package dev.mdp.bus.redis;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Looks at streams over its own connection, one caller after the other.
final class RedisInspector implements BusInspector {
  private static final int MAX_IDS = 1_000;

  private final RedisLink link;
  private final StreamNames names;
  private final EntryDecoder decoder;
  private final ReentrantLock lock = new ReentrantLock();

  RedisInspector(RedisLink link, StreamNames names, EntryDecoder decoder) {
    this.link = link;
    this.names = names;
    this.decoder = decoder;
  }

  @Override
  public int shards(String topic) {
    return names.shards(topic);
  }

  @Override
  public LogBounds bounds(String topic, int shard) {
    byte[] key = names.key(topic, shard);
    return guarded(key, () -> StreamInfo.bounds(link, key));
  }

  @Override
  public List<LogEntry> read(String topic, int shard, Position first, int limit) {
    byte[] key = names.key(topic, shard);
    return guarded(
        key, () -> entries(shard, link.ask(Verb.XRANGE, key, first, "+", "count", limit)));
  }

  @Override
  public List<LogEntry> readLast(String topic, int shard, Position first, int limit) {
    byte[] key = names.key(topic, shard);
    return guarded(
            key, () -> entries(shard, link.ask(Verb.XREVRANGE, key, "+", first, "count", limit)))
        .reversed();
  }

  /// One round trip for every thousand.
  @Override
  public Map<Position, byte[]> payloads(String topic, int shard, Collection<Position> positions) {
    byte[] key = names.key(topic, shard);
    Map<Position, byte[]> found = new HashMap<>();
    List<Position> asked = new ArrayList<>(positions);
    for (int from = 0; from < asked.size(); from += MAX_IDS) {
      List<Position> some = asked.subList(from, Math.min(asked.size(), from + MAX_IDS));
      for (LogEntry entry : guarded(key, () -> entriesAt(key, shard, some))) {
        found.put(entry.position(), entry.data());
      }
    }
    return found;
  }

  private List<LogEntry> entriesAt(byte[] key, int shard, List<Position> positions)
      throws ServerError {
    List<Reply<List<Object>>> replies = new ArrayList<>();
    for (Position position : positions) {
      replies.add(
          link.send(
              new Reply<>(
                  Verb.XRANGE,
                  new NestedMultiOutput<>(ByteArrayCodec.INSTANCE),
                  key,
                  position,
                  position)));
    }
    List<LogEntry> entries = new ArrayList<>();
    for (Reply<List<Object>> reply : replies) {
      entries.addAll(entries(shard, link.answer(reply, Duration.ZERO)));
    }
    return entries;
  }

  @Override
  public List<GroupStatus> groups(String topic) {
    List<GroupStatus> groups = new ArrayList<>();
    for (int shard = 0; shard < names.shards(topic); shard++) {
      int of = shard;
      byte[] key = names.key(topic, of);
      groups.addAll(guarded(key, () -> StreamInfo.groups(link, key, of)));
    }
    return groups;
  }

  @Override
  public long delete(String topic, int shard, List<Position> positions) {
    byte[] key = names.key(topic, shard);
    long deleted = 0;
    for (int from = 0; from < positions.size(); from += MAX_IDS) {
      List<Object> arguments = new ArrayList<>(List.of(key));
      arguments.addAll(positions.subList(from, Math.min(positions.size(), from + MAX_IDS)));
      List<Object> answer = guarded(key, () -> link.ask(Verb.XDEL, arguments.toArray()));
      deleted += answer.getFirst() instanceof Long count ? count : 0;
    }
    return deleted;
  }

  @Override
  public Delivery decode(LogEntry entry) {
    lock.lock();
    try {
      return decoder.decode(entry);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    String policy = setting("maxmemory-policy");
    if (policy != null && !policy.equals("noeviction")) {
      warnings.add(
          "Redis at "
              + link.address()
              + " may evict streams when its memory is full"
              + " (maxmemory-policy "
              + policy
              + "); set it to noeviction");
    }
    if ("no".equals(setting("appendonly"))) {
      warnings.add(
          "Redis at "
              + link.address()
              + " loses entries when it restarts (appendonly no); set appendonly yes");
    }
    return warnings;
  }

  void ping() {
    guarded(new byte[0], () -> link.ask(Verb.PING));
  }

  void close() {
    lock.lock();
    try {
      link.close();
    } finally {
      lock.unlock();
    }
  }

  /// A setting of the server; null where it may not be asked.
  private @Nullable String setting(String name) {
    lock.lock();
    try {
      List<Object> answer = link.ask(Verb.CONFIG, "get", name);
      return answer.size() == 2 ? text(answer.get(1)) : null;
    } catch (ServerError _) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private static List<LogEntry> entries(int shard, List<Object> answer) throws ServerError {
    List<LogEntry> entries = new ArrayList<>(answer.size());
    for (Object each : answer) {
      List<?> entry = (List<?>) each;
      List<?> flat = (List<?>) entry.get(1);
      Position position = StreamIds.parse(entry.get(0));
      byte[] data = null;
      Map<String, String> fields = new HashMap<>();
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        String name = text(flat.get(i));
        if (data == null && name.equals("data")) {
          data = (byte[]) flat.get(i + 1);
        } else {
          fields.put(name, text(flat.get(i + 1)));
        }
      }
      entries.add(
          new LogEntry(
              shard,
              position,
              StreamIds.appendMicros(position),
              data == null ? new byte[0] : data,
              fields));
    }
    return entries;
  }

  private static String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  /// @param key the stream that is looked at
  private <T> T guarded(byte[] key, RedisShard.ServerCall<T> call) {
    lock.lock();
    try {
      return call.run();
    } catch (ServerError e) {
      throw link.translated(e, new String(key, StandardCharsets.UTF_8));
    } finally {
      lock.unlock();
    }
  }
}

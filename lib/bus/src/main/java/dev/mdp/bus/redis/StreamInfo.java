package dev.mdp.bus.redis;

import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answers of XINFO and XPENDING as records.
final class StreamInfo {
  private static final LogBounds NEVER_WRITTEN =
      new LogBounds(Optional.empty(), Optional.empty(), Position.START, 0, false);

  private StreamInfo() {}

  static LogBounds bounds(RedisLink link, byte[] key) throws ServerError {
    try {
      Map<String, @Nullable Object> info = pairs(link.ask(Verb.XINFO, "stream", key));
      return new LogBounds(
          entryId(info.get("first-entry")),
          entryId(info.get("last-entry")),
          position(info, "last-generated-id"),
          number(info, "length"),
          isHeadTrimmed(link, key, info));
    } catch (ServerError e) {
      if (e.isNoSuchKey()) {
        return NEVER_WRITTEN;
      }
      throw e;
    }
  }

  /// Where a trim is noted, because servers before 7.0 do not tell that entries were removed.
  static byte[] trimMark(byte[] key) {
    return (new String(key, StandardCharsets.UTF_8) + ":trimmed").getBytes(StandardCharsets.UTF_8);
  }

  /// Where the last move of a group in a stream is noted; nowhere when it was never moved.
  static byte[] movesOf(byte[] key, String group) {
    return (new String(key, StandardCharsets.UTF_8) + ":moved:" + group)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isHeadTrimmed(
      RedisLink link, byte[] key, Map<String, @Nullable Object> info) throws ServerError {
    if (info.get("entries-added") instanceof Long added) {
      return added > number(info, "length");
    }
    return link.ask(Verb.EXISTS, trimMark(key)).getFirst() instanceof Long marks && marks > 0;
  }

  /// @param idleMillis since it last asked for anything
  record Consumer(String name, long pending, long idleMillis) {}

  static List<Consumer> consumers(RedisLink link, byte[] key, String group) throws ServerError {
    List<Consumer> consumers = new ArrayList<>();
    for (Object each : link.ask(Verb.XINFO, "consumers", key, group)) {
      Map<String, @Nullable Object> info = pairs((List<?>) each);
      if (info.get("name") instanceof byte[] name) {
        consumers.add(
            new Consumer(
                new String(name, StandardCharsets.UTF_8),
                number(info, "pending"),
                number(info, "idle")));
      }
    }
    return consumers;
  }

  static List<GroupStatus> groups(RedisLink link, byte[] key, int shard) throws ServerError {
    try {
      List<Object> groups = link.ask(Verb.XINFO, "groups", key);
      List<GroupStatus> result = new ArrayList<>();
      if (!groups.isEmpty()) {
        Position lastEver = bounds(link, key).lastEver();
        for (Object group : groups) {
          result.add(group(pairs((List<?>) group), shard, lastEver));
        }
      }
      return result;
    } catch (ServerError e) {
      if (e.isNoSuchKey()) {
        return List.of();
      }
      throw e;
    }
  }

  /// The last id that the group was given, out of an answer to XINFO GROUPS; empty without the
  /// group.
  static Optional<Position> lastDelivered(List<?> groups, String group) throws ServerError {
    for (Object each : groups) {
      Map<String, @Nullable Object> info = pairs((List<?>) each);
      if (group.equals(text(info.get("name")))) {
        return Optional.of(position(info, "last-delivered-id"));
      }
    }
    return Optional.empty();
  }

  /// A server before 7.0 does not tell the lag; there it is known only when nothing is left.
  private static GroupStatus group(Map<String, @Nullable Object> info, int shard, Position lastEver)
      throws ServerError {
    Position lastDelivered = position(info, "last-delivered-id");
    long lag =
        info.get("lag") instanceof Long told
            ? told
            : lastDelivered.compareTo(lastEver) >= 0 ? 0 : -1;
    return new GroupStatus(
        text(info.get("name")),
        shard,
        lastDelivered,
        number(info, "pending"),
        number(info, "consumers"),
        lag);
  }

  /// An answer to INFO memory. Without a limit the memory is the machine's, and no one's to judge.
  static boolean isShortOfMemory(List<Object> answer) {
    long used = 0;
    long most = 0;
    for (String line : text(answer.getFirst()).split("\r?\n")) {
      if (line.startsWith("used_memory:")) {
        used = Long.parseLong(line.substring("used_memory:".length()).strip());
      } else if (line.startsWith("maxmemory:")) {
        most = Long.parseLong(line.substring("maxmemory:".length()).strip());
      }
    }
    return most > 0 && used > most / 10 * 9;
  }

  /// An answer to INFO server: a new one with each start.
  static String runId(List<Object> answer) {
    for (String line : text(answer.getFirst()).split("\r?\n")) {
      if (line.startsWith("run_id:")) {
        return line.substring("run_id:".length()).strip();
      }
    }
    return "";
  }

  private static Map<String, @Nullable Object> pairs(List<?> flat) {
    Map<String, @Nullable Object> pairs = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      pairs.put(text(flat.get(i)), flat.get(i + 1));
    }
    return pairs;
  }

  private static Optional<Position> entryId(@Nullable Object entry) throws ServerError {
    return entry instanceof List<?> list && !list.isEmpty()
        ? Optional.of(StreamIds.parse(list.getFirst()))
        : Optional.empty();
  }

  private static Position position(Map<String, @Nullable Object> info, String name)
      throws ServerError {
    Object value = info.get(name);
    return value == null ? Position.START : StreamIds.parse(value);
  }

  private static long number(Map<String, @Nullable Object> info, String name) {
    return info.get(name) instanceof Long number ? number : 0;
  }

  static String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}

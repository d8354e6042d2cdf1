package dev.mdp.bus.redis;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The commands of one consumer of a group over all shards of a topic. A group that is missing is
/// created at the log's first entry, never at its end. One thread.
final class GroupMember {
  private static final int MAX_ACKS = 1_000;

  /// Answers -1 when the group was moved since.
  private static final String ACK =
      """
      if (redis.call('get', KEYS[2]) or '') ~= ARGV[2] then return -1 end
      return redis.pcall('xack', KEYS[1], ARGV[1], unpack(ARGV, 3))
      """;

  /// Answers 0 when the group was moved since.
  private static final String MOVE =
      """
      if (redis.call('get', KEYS[2]) or '') ~= ARGV[2] then return 0 end
      local moved = redis.pcall('xgroup', 'setid', KEYS[1], ARGV[1], ARGV[4])
      if type(moved) == 'table' and moved['err'] then return moved end
      redis.call('set', KEYS[2], ARGV[3])
      return 1
      """;

  /// A consumer with pending entries stays: with it they would be forgotten. Answers -1 then.
  private static final String LEAVE =
      """
      local pending = redis.pcall('xpending', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2])
      if pending['err'] then return pending end
      if #pending > 0 then return -1 end
      return redis.pcall('xgroup', 'delconsumer', KEYS[1], ARGV[1], ARGV[2])
      """;

  /// After this long a consumer without pending entries is no one's any more.
  private static final long FORSAKEN_MILLIS = Duration.ofDays(1).toMillis();

  private final RedisLink link;
  private final List<byte[]> keys;
  private final String group;
  private final String consumer;

  /// The generation of the group in each shard that this member knows.
  private final String[] generations;

  GroupMember(RedisLink link, List<byte[]> keys, String group, String consumer) {
    this.link = link;
    this.keys = keys;
    this.group = group;
    this.consumer = consumer;
    this.generations = new String[keys.size()];
    Arrays.fill(generations, "");
  }

  int shards() {
    return keys.size();
  }

  void createGroups() throws ServerError {
    for (byte[] key : keys) {
      try {
        link.ask(Verb.XGROUP, "create", key, group, "0", "mkstream");
      } catch (ServerError e) {
        if (!e.is("BUSYGROUP")) {
          throw e;
        }
      }
    }
  }

  /// Removes this consumer where nothing is pending for it.
  void leave() throws ServerError {
    for (byte[] key : keys) {
      remove(key, consumer);
    }
  }

  /// Removes consumers that no one has used for a day, and for which nothing is pending.
  void removeForsaken() throws ServerError {
    for (byte[] key : keys) {
      for (StreamInfo.Consumer each : StreamInfo.consumers(link, key, group)) {
        if (each.pending() == 0 && each.idleMillis() > FORSAKEN_MILLIS) {
          remove(key, each.name());
        }
      }
    }
  }

  private void remove(byte[] key, Object name) throws ServerError {
    link.answer(
        link.send(number(new ArrayList<>(List.of(LEAVE, 1, key, group, name)))), Duration.ZERO);
  }

  /// Asks for the generation of the group. Returns whether it is another one than was known.
  boolean learn(int shard) throws ServerError {
    String now =
        link.ask(Verb.GET, movesKey(shard)).getFirst() instanceof byte[] text
            ? new String(text, StandardCharsets.UTF_8)
            : "";
    boolean another = !now.equals(generations[shard]);
    generations[shard] = now;
    return another;
  }

  String generation(int shard) {
    return generations[shard];
  }

  private byte[] movesKey(int shard) {
    return StreamInfo.movesOf(keys.get(shard), group);
  }

  /// Entries never delivered to the group, up to `count` a shard.
  void readNew(EntryBatch into, int count, Duration wait) throws ServerError {
    List<Object> arguments = new ArrayList<>(List.of("group", group, consumer, "count", count));
    if (!wait.isZero() && !wait.isNegative()) {
      arguments.addAll(List.of("block", Math.max(1, wait.toMillis())));
    }
    arguments.add("streams");
    arguments.addAll(keys);
    keys.forEach(_ -> arguments.add(">"));
    EntriesOutput output = new EntriesOutput(into, EntriesOutput.BY_STREAM, keys);
    link.answer(link.send(new Reply<>(Verb.XREADGROUP, output, arguments.toArray())), wait);
  }

  /// This consumer's own unacknowledged entries of a shard after an id; deleted ones only by id.
  void readOwn(EntryBatch into, int shard, String after, int count) throws ServerError {
    link.call(
        Verb.XREADGROUP,
        new EntriesOutput(into, EntriesOutput.BY_STREAM, shard),
        "group",
        group,
        consumer,
        "count",
        count,
        "streams",
        keys.get(shard),
        after);
  }

  /// Takes over idle entries of a shard, from a cursor on.
  EntriesOutput claim(EntryBatch into, int shard, String cursor, Duration idle, int count)
      throws ServerError {
    EntriesOutput output = new EntriesOutput(into, EntriesOutput.CLAIMED, shard);
    link.call(
        Verb.XAUTOCLAIM,
        output,
        keys.get(shard),
        group,
        consumer,
        idle.toMillis(),
        cursor,
        "count",
        count);
    return output;
  }

  /// Returns false when the group was moved since its generation was learnt: then some or all of
  /// these are still pending.
  boolean ack(int shard, List<Position> positions) throws ServerError {
    List<Reply<Long>> replies = new ArrayList<>();
    for (int from = 0; from < positions.size(); from += MAX_ACKS) {
      List<Object> arguments = scripted(ACK, shard);
      arguments.addAll(positions.subList(from, Math.min(positions.size(), from + MAX_ACKS)));
      replies.add(link.send(number(arguments)));
    }
    boolean acknowledged = true;
    for (Reply<Long> reply : replies) {
      acknowledged &= link.answer(reply, Duration.ZERO) >= 0;
    }
    return acknowledged;
  }

  /// Entries that no one can read any more.
  void ackDeleted(int shard, List<Position> positions) throws ServerError {
    List<Object> arguments = new ArrayList<>(List.of(keys.get(shard), group));
    arguments.addAll(positions);
    link.ask(Verb.XACK, arguments.toArray());
  }

  private List<Object> scripted(String script, int shard) {
    return new ArrayList<>(
        List.of(script, 2, keys.get(shard), movesKey(shard), group, generations[shard]));
  }

  private static Reply<Long> number(List<Object> arguments) {
    return new Reply<>(
        Verb.EVAL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments.toArray());
  }

  /// Where the group is in one shard.
  ///
  /// @param lowWater everything at or before it is acknowledged: just before the smallest pending
  ///   entry, or the last one given when that is smaller or none is pending
  /// @param given the last entry that was given to any member
  record Place(Position lowWater, Position given) {}

  /// Both are read at one moment of the server.
  Place place(int shard) throws ServerError {
    byte[] key = keys.get(shard);
    link.send(new Reply<>(Verb.MULTI, nested()));
    Reply<List<Object>> pending = link.send(new Reply<>(Verb.XPENDING, nested(), key, group));
    Reply<List<Object>> groups = link.send(new Reply<>(Verb.XINFO, nested(), "groups", key));
    Reply<List<Object>> exec = link.send(new Reply<>(Verb.EXEC, nested()));
    List<Object> both = link.answer(exec, Duration.ZERO);
    failIfRefused(pending);
    failIfRefused(groups);
    if (both.size() != 2 || !(both.get(0) instanceof List<?> summary)) {
      throw new ServerError("NOGROUP no group " + group);
    }
    Position given =
        StreamInfo.lastDelivered((List<?>) both.get(1), group)
            .orElseThrow(() -> new ServerError("NOGROUP no group " + group));
    if (summary.get(0) instanceof Long count && count > 0) {
      // A group that was moved back has entries pending that are ahead of where it is.
      Position pendingFrom = StreamIds.predecessor(StreamIds.parse(summary.get(1)));
      return new Place(pendingFrom.isAfter(given) ? given : pendingFrom, given);
    }
    return new Place(given, given);
  }

  /// The next entries that the group is given are those after this position. Returns false when it
  /// was moved since its generation was learnt, and then does nothing.
  boolean moveTo(int shard, Position position) throws ServerError {
    String next = UUID.randomUUID().toString(); // an older server's data have none of these
    List<Object> arguments = scripted(MOVE, shard);
    arguments.addAll(List.of(next, position));
    boolean moved = link.answer(link.send(number(arguments)), Duration.ZERO) > 0;
    if (moved) {
      generations[shard] = next;
    }
    return moved;
  }

  LogBounds bounds(int shard) throws ServerError {
    return StreamInfo.bounds(link, keys.get(shard));
  }

  /// The last entry from `first` to `last`; one of a length that no event has by its beginning.
  Optional<LogAnchor> lastEntry(int shard, String first, Position last) throws ServerError {
    EntriesOutput output = new EntriesOutput(new EntryBatch(), EntriesOutput.PLAIN, shard);
    EntryBatch found = link.call(Verb.XREVRANGE, output, keys.get(shard), last, first, "count", 1);
    return found.count() == 0
        ? Optional.empty()
        : Optional.of(LogAnchor.of(found.position(0), found.copyOf(0)));
  }

  String stream(int shard) {
    return new String(keys.get(shard), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "consumer group " + group;
  }

  private static void failIfRefused(Reply<List<Object>> queued) throws ServerError {
    if (queued.getOutput().hasError()) {
      throw new ServerError(queued.getOutput().getError());
    }
  }

  private static NestedMultiOutput<byte[], byte[]> nested() {
    return new NestedMultiOutput<>(ByteArrayCodec.INSTANCE);
  }
}

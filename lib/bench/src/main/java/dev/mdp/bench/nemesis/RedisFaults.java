package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;

/// Takes entries out of Redis's log, and notes which. One thread.
final class RedisFaults {
  private final TestBed testBed;
  private final RedisServer redis;
  private final ProcessSupervisor supervisor;
  private final DeadLetterTail letters;
  private final Losses losses;
  private final Random random;

  RedisFaults(
      TestBed testBed,
      RedisServer redis,
      ProcessSupervisor supervisor,
      DeadLetterTail letters,
      Losses losses,
      Random random) {
    this.testBed = testBed;
    this.redis = redis;
    this.supervisor = supervisor;
    this.letters = letters;
    this.losses = losses;
    this.random = random;
  }

  /// The next few answers to XADD get lost.
  String loseAppends() {
    int count = 1 + random.nextInt(4);
    redis.wire().loseAppends(count);
    return "the next " + count;
  }

  /// Writers wait while the last dead letters are read, so that none is lost unseen.
  String cut() throws IOException {
    try (RespClient client = redis.client()) {
      client.call("CLIENT", "PAUSE", "3000", "WRITE");
      redis.readLetters(letters, client);
    }
    long millis = random.nextInt(1_000);
    hitAll();
    long from = redis.cut(millis);
    losses.cut(new Losses.Cut(from, NemesisTimes.nowMicros()));
    redis.compact();
    return "what it wrote in its last " + millis + " ms is gone";
  }

  String flush() throws IOException, SQLException {
    List<String[]> readers = new ArrayList<>();
    for (int shard = 0; shard < TestBed.SHARDS; shard++) {
      readers.add(new String[] {"XRANGE", TestBed.stream(shard), "-", "+"});
    }
    return destroy(readers, List.<String[]>of(new String[] {"FLUSHALL"})) + " entries gone";
  }

  String trim() throws IOException, SQLException {
    long until = NemesisTimes.nowMicros() / 1_000 - random.nextInt(3) * 1_500L;
    List<String[]> readers = new ArrayList<>();
    List<String[]> trims = new ArrayList<>();
    for (int shard = 0; shard < TestBed.SHARDS; shard++) {
      readers.add(new String[] {"XRANGE", TestBed.stream(shard), "-", "(" + until + "-0"});
      trims.add(new String[] {"XTRIM", TestBed.stream(shard), "MINID", "=", until + "-0"});
    }
    return destroy(readers, trims) + " entries gone";
  }

  /// @param readers read each shard's entries that go
  /// @param destroyers take them out; in one transaction, so exactly what is read is gone
  private int destroy(List<String[]> readers, List<String[]> destroyers)
      throws IOException, SQLException {
    hitAll();
    Map<Integer, Position> committed;
    try (var connection = testBed.connect()) {
      committed = Positions.of(connection, Positions.MICRO_BATCHER);
    }
    int gone = 0;
    try (RespClient client = redis.client()) {
      synchronized (letters) {
        List<String[]> commands = new ArrayList<>(readers);
        commands.add(RedisEntry.lettersAfter(letters.last()));
        commands.addAll(destroyers);
        List<?> answers = client.transaction(commands);
        losses.destruction();
        RedisEntry.all(answers.get(TestBed.SHARDS))
            .forEach(letter -> letters.take(letter.position(), letter.fields()));
        for (int shard = 0; shard < TestBed.SHARDS; shard++) {
          List<RedisEntry> entries = RedisEntry.all(answers.get(shard));
          gone += entries.size();
          note(entries, committed.getOrDefault(shard, Position.START));
        }
      }
    }
    return gone;
  }

  private void note(List<RedisEntry> entries, Position committed) {
    for (RedisEntry entry : entries) {
      boolean unread = entry.position().isAfter(committed);
      Matcher id = DeadLetterTail.EVENT_ID.matcher(entry.data());
      Matcher marker = Poison.MARKER.matcher(entry.data());
      if (marker.find()) {
        losses.destroyed(marker.group(), unread);
      } else if (id.find()) {
        losses.destroyed(id.group(1), unread);
      }
    }
  }

  private void hitAll() {
    supervisor.logIsDestroyed();
    for (int shard = 0; shard < TestBed.SHARDS; shard++) {
      losses.hit(shard, NemesisTimes.nowMicros());
    }
  }
}

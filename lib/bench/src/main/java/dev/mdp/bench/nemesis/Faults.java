package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Does the faults. What lasts is taken back by a timer of its own, so that faults overlap. One
/// thread, except for the timer's.
final class Faults implements AutoCloseable {
  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");

  private final Grounds grounds;
  private final Roster roster;
  private final Letters letters;
  private final Losses losses;
  private final Random random;
  private final LockHog hog;
  private final List<Strike> strikes = new ArrayList<>();
  private final Map<String, Long> poison = new TreeMap<>();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

  /// A worker was killed or frozen.
  record Strike(long micros, String processName) {}

  Faults(Grounds grounds, Roster roster, Letters letters, Losses losses, Random random) {
    this.grounds = grounds;
    this.roster = roster;
    this.letters = letters;
    this.losses = losses;
    this.random = random;
    this.hog = new LockHog(grounds);
  }

  /// Answers in words what was done.
  String inject(FaultKind kind) throws IOException, SQLException {
    return switch (kind) {
      case KILL -> kill();
      case STOP -> freeze();
      case POSTGRES -> {
        grounds.restartPostgres();
        yield "ended at once, started again";
      }
      case COMMIT -> {
        int count = 1 + random.nextInt(3);
        grounds.postgresWire().loseCommits(count);
        yield "the next " + count;
      }
      case XADD -> {
        int count = 1 + random.nextInt(4);
        grounds.redisWire().loseAppends(count);
        yield "the next " + count;
      }
      case LOCK -> {
        long millis = 500 + random.nextInt(4_500);
        yield hog.hold(random, timer, millis);
      }
      case CLOCK -> jump();
      case POISON -> poison();
      case CUT -> cut();
      case FLUSH -> flush();
      case TRIM -> trim();
    };
  }

  List<Strike> strikes() {
    return List.copyOf(strikes);
  }

  /// The markers of all poison, with the time at which Redis had taken it.
  Map<String, Long> poisonSent() {
    return Map.copyOf(poison);
  }

  /// Takes back what still lasts.
  void heal() throws IOException {
    hog.end();
    grounds.postgresWire().loseCommits(0);
    grounds.redisWire().loseAppends(0);
    for (Slot slot : roster.slots()) {
      slot.thaw(slot.processName());
      if (slot.role() == Slot.Role.SENDER) {
        slot.tell("clock 0");
      }
    }
  }

  private String kill() {
    boolean sender = random.nextInt(8) == 0;
    Slot slot =
        any(
            roster.slots().stream()
                .filter(each -> sender == (each.role() == Slot.Role.SENDER))
                .toList());
    String name = slot.processName();
    boolean there = slot.kill();
    if (there && slot.role() == Slot.Role.MICRO_BATCH) {
      strikes.add(new Strike(Times.nowMicros(), name));
    }
    return name + (there ? "" : ", which was starting anew");
  }

  private String freeze() throws IOException {
    List<Slot> workers =
        roster.slots().stream()
            .filter(slot -> slot.role() != Slot.Role.SENDER && !slot.isFrozen())
            .toList();
    if (workers.isEmpty()) {
      return "all are frozen already";
    }
    Slot slot = any(workers);
    String name = slot.processName();
    long millis = Grounds.LEASE_MILLIS + 500 + random.nextInt(4_000);
    if (slot.freeze() && slot.role() == Slot.Role.MICRO_BATCH) {
      strikes.add(new Strike(Times.nowMicros(), name));
    }
    timer.schedule(
        () -> {
          try {
            slot.thaw(name);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        millis,
        TimeUnit.MILLISECONDS);
    return name + " for " + millis + " ms";
  }

  private String jump() {
    Slot sender = any(roster.slots(Slot.Role.SENDER));
    long[] jumps = {1_000, 3_000, 4_500, 9_000, 60_000, -1_000, -5_000, -15_000, -40_000};
    long offset = jumps[random.nextInt(jumps.length)];
    long millis = 300 + random.nextInt(1_500);
    sender.tell("clock " + offset);
    timer.schedule(() -> sender.tell("clock 0"), millis, TimeUnit.MILLISECONDS);
    return sender.processName() + " by " + offset + " ms for " + millis + " ms";
  }

  private String poison() throws IOException {
    int count = 1 + random.nextInt(3);
    try (RespClient client = grounds.redis()) {
      for (int i = 0; i < count; i++) {
        String marker = Poison.marker(poison.size());
        String stream = Grounds.stream(random.nextInt(Grounds.SHARDS));
        client.call("XADD", stream, "*", "data", Poison.entry(random, marker));
        poison.put(marker, Times.nowMicros());
      }
    }
    return count + " entries";
  }

  /// Writers wait while the last dead letters are read, so that none is lost unseen.
  private String cut() throws IOException {
    try (RespClient client = grounds.redis()) {
      client.call("CLIENT", "PAUSE", "3000", "WRITE");
      letters.readAll(client);
    }
    long millis = random.nextInt(1_000);
    hitAll();
    long from = grounds.cutRedis(millis);
    losses.cut(new Losses.Cut(from, Times.nowMicros()));
    grounds.compactRedis();
    return "what it wrote in its last " + millis + " ms is gone";
  }

  private String flush() throws IOException, SQLException {
    List<String[]> commands = new ArrayList<>();
    for (int shard = 0; shard < Grounds.SHARDS; shard++) {
      commands.add(new String[] {"XRANGE", Grounds.stream(shard), "-", "+"});
    }
    commands.add(letters.command());
    commands.add(new String[] {"FLUSHALL"});
    return destroyBy(commands) + " entries gone";
  }

  private String trim() throws IOException, SQLException {
    long until = Times.nowMicros() / 1_000 - random.nextInt(3) * 1_500L;
    List<String[]> commands = new ArrayList<>();
    for (int shard = 0; shard < Grounds.SHARDS; shard++) {
      commands.add(new String[] {"XRANGE", Grounds.stream(shard), "-", "(" + until + "-0"});
    }
    commands.add(letters.command());
    for (int shard = 0; shard < Grounds.SHARDS; shard++) {
      commands.add(new String[] {"XTRIM", Grounds.stream(shard), "MINID", "=", until + "-0"});
    }
    return destroyBy(commands) + " entries gone";
  }

  /// The first answers are the shards' entries that go, then the dead letters. In one transaction:
  /// exactly what is read is gone.
  private int destroyBy(List<String[]> commands) throws IOException, SQLException {
    hitAll();
    Map<Integer, Position> committed;
    try (var connection = grounds.connect()) {
      committed = Positions.of(connection, Positions.MICRO_BATCHER);
    }
    int gone = 0;
    try (RespClient client = grounds.redis()) {
      synchronized (letters) {
        commands.set(Grounds.SHARDS, letters.command());
        List<?> answers = client.transaction(commands);
        letters.take(RespClient.list(answers.get(Grounds.SHARDS)));
        for (int shard = 0; shard < Grounds.SHARDS; shard++) {
          List<?> entries = RespClient.list(answers.get(shard));
          gone += entries.size();
          note(entries, committed.getOrDefault(shard, Position.START));
        }
      }
    }
    return gone;
  }

  private void note(List<?> entries, Position committed) throws IOException {
    for (Object each : entries) {
      List<?> entry = RespClient.list(each);
      String data = String.valueOf(RespClient.list(entry.get(1)).get(1));
      boolean unread = Position.parse(String.valueOf(entry.getFirst())).isAfter(committed);
      Matcher id = EVENT_ID.matcher(data);
      Matcher marker = Poison.MARKER.matcher(data);
      if (marker.find()) {
        losses.destroyed(marker.group(), unread);
      } else if (id.find()) {
        losses.destroyed(id.group(1), unread);
      }
    }
  }

  private void hitAll() {
    roster.logIsDestroyed();
    for (int shard = 0; shard < Grounds.SHARDS; shard++) {
      losses.hit(shard, Times.nowMicros());
    }
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    hog.end();
  }
}

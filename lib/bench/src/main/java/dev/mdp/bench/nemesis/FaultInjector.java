package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does the faults. What lasts is taken back by its own timer, so that faults overlap. One thread,
/// except for the timer's.
final class FaultInjector implements AutoCloseable {
  private static final long FEED_LEASE_MILLIS = 15_000;

  private final TestBed testBed;
  private final ProcessSupervisor supervisor;
  private final @Nullable RedisFaults redisFaults;
  private final VenueFaults venueFaults;
  private final Random random;
  private final LockHog hog;
  private final List<Strike> strikes = new ArrayList<>();
  private final Map<String, Long> poison = new TreeMap<>();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

  /// A worker was killed or frozen.
  record Strike(long micros, String processName) {}

  FaultInjector(
      TestBed testBed,
      ProcessSupervisor supervisor,
      DeadLetterTail letters,
      Losses losses,
      List<LiveVenue> venues,
      Random random) {
    this.testBed = testBed;
    this.supervisor = supervisor;
    this.redisFaults =
        testBed.log() instanceof RedisServer redis
            ? new RedisFaults(testBed, redis, supervisor, letters, losses, random)
            : null;
    this.venueFaults = new VenueFaults(venues, random, timer);
    this.random = random;
    this.hog = new LockHog(testBed);
  }

  /// Returns in words what was done.
  String inject(FaultKind kind) throws IOException, SQLException {
    return switch (kind) {
      case KILL -> kill();
      case STOP -> freeze();
      case POSTGRES -> {
        testBed.restartPostgres();
        yield "ended at once, started again";
      }
      case RESTORE -> restore();
      case RESTORE_FROZEN -> {
        String frozen = freeze();
        yield frozen + "; " + restore();
      }
      case COMMIT -> {
        int count = 1 + random.nextInt(3);
        testBed.postgresWire().loseCommits(count);
        yield "the next " + count;
      }
      case XADD -> redis().loseAppends();
      case LOCK -> {
        long millis = 500 + random.nextInt(4_500);
        yield hog.hold(random, timer, millis);
      }
      case CLOCK -> jump();
      case POISON -> poison();
      case CUT -> redis().cut();
      case FLUSH -> redis().flush();
      case TRIM -> redis().trim();
      case BROKER_KILL -> killBroker(kafka());
      case BROKER_STOP -> stopBroker(kafka());
      case VENUE_CUT -> venueFaults.cut();
      case VENUE_SILENCE -> venueFaults.silence();
      case VENUE_DROP -> venueFaults.drop();
      case VENUE_REST -> venueFaults.overload();
      case VENUE_OUTAGE -> venueFaults.outage();
    };
  }

  List<Strike> strikes() {
    return List.copyOf(strikes);
  }

  /// The markers of all poison, with the time at which the log had taken it.
  Map<String, Long> poisonSent() {
    return Map.copyOf(poison);
  }

  /// Takes back what still lasts.
  void heal() throws IOException {
    hog.end();
    testBed.postgresWire().loseCommits(0);
    testBed.log().heal();
    venueFaults.heal();
    for (ManagedProcess process : supervisor.processes()) {
      process.thaw(process.processName());
      if (process.role() == ManagedProcess.Role.SENDER) {
        process.tell("clock 0");
      }
    }
  }

  private String kill() {
    boolean source =
        random.nextInt(supervisor.processes(ManagedProcess.Role.PRODUCER).isEmpty() ? 8 : 3) == 0;
    ManagedProcess process =
        any(
            supervisor.processes().stream()
                .filter(each -> source == each.role().isSource())
                .toList());
    String name = process.processName();
    boolean there = process.kill();
    if (there && process.role() == ManagedProcess.Role.MICRO_BATCH) {
      strikes.add(new Strike(NemesisTimes.nowMicros(), name));
    }
    return name + (there ? "" : ", which was starting again");
  }

  private String restore() throws IOException {
    testBed.backUp();
    NemesisTimes.sleep(1_000 + random.nextInt(9_000));
    long age = testBed.restore();
    return "back to what it was " + age + " ms ago";
  }

  private String freeze() throws IOException {
    List<ManagedProcess> workers =
        supervisor.processes().stream()
            .filter(process -> process.role() != ManagedProcess.Role.SENDER && !process.isFrozen())
            .toList();
    if (workers.isEmpty()) {
      return "all are frozen already";
    }
    ManagedProcess process = any(workers);
    String name = process.processName();
    long millis = lease(process.role()) + 500 + random.nextInt(4_000);
    if (process.freeze() && process.role() == ManagedProcess.Role.MICRO_BATCH) {
      strikes.add(new Strike(NemesisTimes.nowMicros(), name));
    }
    timer.schedule(
        () -> {
          try {
            process.thaw(name);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        millis,
        TimeUnit.MILLISECONDS);
    return name + " for " + millis + " ms";
  }

  /// A feed's lease is long: now and then it is not outlasted.
  private long lease(ManagedProcess.Role role) {
    return role == ManagedProcess.Role.PRODUCER && random.nextInt(3) > 0
        ? FEED_LEASE_MILLIS
        : TestBed.LEASE_MILLIS;
  }

  private String jump() {
    ManagedProcess sender = any(supervisor.processes(ManagedProcess.Role.SENDER));
    long[] jumps = {1_000, 3_000, 4_500, 9_000, 60_000, -1_000, -5_000, -15_000, -40_000};
    long offset = jumps[random.nextInt(jumps.length)];
    long millis = 300 + random.nextInt(1_500);
    sender.tell("clock " + offset);
    timer.schedule(() -> sender.tell("clock 0"), millis, TimeUnit.MILLISECONDS);
    return sender.processName() + " by " + offset + " ms for " + millis + " ms";
  }

  private String poison() throws IOException {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String marker = Poison.marker(poison.size());
      testBed.log().append(random.nextInt(TestBed.SHARDS), Poison.entry(random, marker));
      poison.put(marker, NemesisTimes.nowMicros());
    }
    return count + " entries";
  }

  private String stopBroker(KafkaServer kafka) throws IOException {
    long millis = 500 + random.nextInt((int) KafkaServer.SESSION_MILLIS + 3_000);
    kafka.signal("STOP");
    NemesisTimes.sleep(millis);
    kafka.signal("CONT");
    return "for " + millis + " ms";
  }

  private String killBroker(KafkaServer kafka) {
    long millis = random.nextInt(4_000);
    kafka.kill(millis);
    return "started again after " + millis + " ms";
  }

  private RedisFaults redis() {
    return Objects.requireNonNull(redisFaults, "no Redis");
  }

  private KafkaServer kafka() {
    return (KafkaServer) testBed.log();
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

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.embedded.redis.EmbeddedRedis;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.testkit.venue.FakeVenue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sessions that run beside each other, on one Redis, one database and one pair of workers, all of
/// which are killed while they run. One use.
final class HostileBatch implements AutoCloseable {
  private static final int SHARDS = 4;

  /// How much faster the producers' clocks are: what waits a minute waits 15 s.
  private static final int FASTER = 4;

  private static final int UNREACHABLE = 69;
  private static final Duration TO_COMPLETE = Duration.ofSeconds(150);
  private static final Duration TO_BEGIN = Duration.ofSeconds(250);

  private final EmbeddedRedis redis = EmbeddedRedis.startTemporary("--appendfsync", "always");
  private final Scenario scenario = Scenario.onOwnRedis(redis.uri(), SHARDS);
  private final RedisBus bus =
      new RedisBus(RedisSettings.of(redis.uri(), scenario.stream(), SHARDS), BusMetrics.NONE);
  private final PostgresStore store =
      new PostgresStore(
          StoreSettings.of(TestServers.url(scenario.database()), 8, "hostile"), StoreMetrics.NONE);
  private final List<HostileSession> sessions = new ArrayList<>();
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final Map<Long, Throwable> failures = new ConcurrentHashMap<>();
  private final CountDownLatch playing;
  private final CountDownLatch played;
  private final SplittableRandom random;
  private final long started = System.nanoTime();
  private Child ticks;
  private Child bars;

  HostileBatch(List<HostilePlan> plans) {
    this.playing = new CountDownLatch(plans.size());
    this.played = new CountDownLatch(plans.size());
    this.random = new SplittableRandom(plans.getFirst().seed());
    StringBuilder producers = new StringBuilder("producers:\n");
    FastClock clock = FastClock.running(FASTER);
    for (HostilePlan plan : plans) {
      int number = sessions.size() + 2;
      FakeVenue venue =
          new FakeVenue(plan.kind(), plan.tape(), plan.script()).startAt("127.0.0." + number);
      VenueConnections connections = new VenueConnections(venue, store);
      SplittableRandom chance = new SplittableRandom(plan.seed() * 31);
      producers.append(section(plan, venue));
      sessions.add(
          new HostileSession(
              plan,
              venue,
              () ->
                  plan.inProcess()
                      ? ChildProducer.start(scenario, plan)
                      : MortalProducer.start(
                          bus, store, scenario.stream(), plan, connections, clock, chance)));
    }
    scenario.sections(producers.toString()).datasets("");
    ticks = startTicks();
    bars = startBars();
  }

  private static String section(HostilePlan plan, FakeVenue venue) {
    return "  %s: { type: %s, symbols: [%s], socket_url: \"%s\", rest_url: \"%s\" }%n"
        .formatted(
            plan.provider(),
            plan.kind().name().toLowerCase(Locale.ROOT),
            String.join(", ", plan.wanted().stream().map(each -> '"' + each + '"').toList()),
            venue.wsUri(),
            venue.restUri());
  }

  private Child startTicks() {
    return scenario.child("stream", "ticks", "--wait", "90s", "--set=ticks.claim_idle_ms=3000");
  }

  private Child startBars() {
    return scenario.child("stream", "micro-batch", "--wait", "90s", "--window", "1s,1m");
  }

  /// Throws [AssertionError] that names every seed with what was wrong.
  void run() throws InterruptedException {
    for (HostileSession session : sessions) {
      Thread.ofVirtual().name(session.plan().provider()).start(() -> run(session));
    }
    awaitBegun();
    told("begun");
    while (!played.await(random.nextLong(6_000, 11_000), TimeUnit.MILLISECONDS)) {
      restartWhatGaveUp();
      breakSomething();
    }
    assertThat(failures).isEmpty();
    told("played");
    awaitComplete();
    told("complete");
    List<String> problems = new ArrayList<>();
    sessions.forEach(session -> problems.addAll(session.end()));
    assertThat(problems).isEmpty();
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND, Oracle.Interval.ONE_MINUTE);
    bars.terminate().requireCode(0);
    ticks.terminate().requireCode(0);
    scenario.mdp("verify", "bars", "--from", "2026-03-02", "--to", "2026-03-04").requireCode(0);
    assertThat(
            scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines().stream()
                .filter(letter -> !letter.path("group").asText().equals("produce")))
        .isEmpty();
  }

  private void told(String what) {
    System.out.printf(
        "%d hostile sessions: %s after %.0f s%n",
        sessions.size(), what, (System.nanoTime() - started) / 1e9);
  }

  private void run(HostileSession session) {
    HostilePlan plan = session.plan();
    try {
      session.begin(() -> begun.getOrDefault(plan.provider(), 0L) >= plan.symbols().size());
      playing.countDown();
      playing.await();
      session.play();
    } catch (InterruptedException | RuntimeException | Error e) {
      failures.put(plan.seed(), e);
    } finally {
      playing.countDown();
      played.countDown();
    }
  }

  private void awaitBegun() throws InterruptedException {
    long end = System.nanoTime() + TO_BEGIN.toNanos();
    while (!playing.await(200, TimeUnit.MILLISECONDS)) {
      assertThat(System.nanoTime()).as("the sessions begin in time").isLessThan(end);
      scenario
          .rows("SELECT provider, count(*) FROM feed_cursors GROUP BY provider")
          .forEach(row -> {
            String[] columns = row.split("\\|");
            begun.put(columns[0], Long.parseLong(columns[1]));
          });
    }
  }

  /// As its service manager does: a worker whose server goes away just as it starts ends with 69.
  private void restartWhatGaveUp() {
    if (!bars.isAlive()) {
      bars.awaitEnd().requireCode(UNREACHABLE);
      bars = startBars();
    }
    if (!ticks.isAlive()) {
      ticks.awaitEnd().requireCode(UNREACHABLE);
      ticks = startTicks();
    }
  }

  private void breakSomething() throws InterruptedException {
    switch (random.nextInt(4)) {
      case 0 -> {
        redis.kill();
        Thread.sleep(random.nextLong(2_000));
        redis.startAgain();
      }
      case 1, 2 -> {
        bars.kill();
        bars = startBars();
      }
      default -> {
        ticks.kill();
        ticks = startTicks();
      }
    }
  }

  private void awaitComplete() throws InterruptedException {
    long end = System.nanoTime() + TO_COMPLETE.toNanos();
    List<String> problems = problems();
    while (!problems.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(1_000);
      restartWhatGaveUp();
      problems = problems();
    }
    assertThat(problems).as(() -> bars.lastLines() + "\n" + ticks.lastLines()).isEmpty();
  }

  private List<String> problems() {
    List<String> waiting =
        scenario.rows(
            "SELECT 'hole', provider, symbol, id_from, id_to, state, reason, tries FROM feed_gaps WHERE state = 'open'"
                + " UNION ALL SELECT 'repair', provider, symbol, count(*), 0, '', '', 0 FROM pending_repairs GROUP BY 2, 3"
                + " LIMIT 50");
    if (!waiting.isEmpty()) {
      return waiting;
    }
    Map<String, List<HostileVerdict.Stored>> stored = new HashMap<>();
    for (String row :
        scenario.rows(
            "SELECT provider, symbol, seq, (extract(epoch FROM ts) * 1000000)::bigint, price FROM tick_data ORDER BY seq")) {
      String[] each = row.split("\\|");
      stored
          .computeIfAbsent(each[0] + " " + each[1], _ -> new ArrayList<>())
          .add(
              new HostileVerdict.Stored(
                  Long.parseLong(each[2]), Long.parseLong(each[3]), Double.parseDouble(each[4])));
    }
    Map<String, List<HostileVerdict.Hole>> holes = new HashMap<>();
    for (String row :
        scenario.rows("SELECT provider, symbol, id_from, id_to, state FROM feed_gaps")) {
      String[] each = row.split("\\|");
      IdRange ids = new IdRange(Long.parseLong(each[2]), Long.parseLong(each[3]));
      holes
          .computeIfAbsent(each[0] + " " + each[1], _ -> new ArrayList<>())
          .add(new HostileVerdict.Hole(ids, each[4]));
    }
    List<String> refused =
        scenario.rows(
            "SELECT DISTINCT provider || ' ' || symbol FROM feed_states WHERE state = 'refused'");
    List<String> problems = new ArrayList<>();
    for (HostileSession session : sessions) {
      HostilePlan plan = session.plan();
      for (String symbol : plan.symbols()) {
        String key = plan.provider() + " " + symbol;
        problems.addAll(
            HostileVerdict.problems(
                plan,
                symbol,
                stored.getOrDefault(key, List.of()),
                holes.getOrDefault(key, List.of()),
                session.anchors().getOrDefault(symbol, 0L)));
      }
      String unlisted = plan.truth().unlisted();
      if (!unlisted.isEmpty() && !refused.contains(plan.provider() + " " + unlisted)) {
        problems.add("seed " + plan.seed() + ": " + unlisted + " is not refused");
      }
    }
    return problems;
  }

  @Override
  public void close() {
    sessions.forEach(HostileSession::close);
    scenario.close();
    bus.close();
    store.close();
    redis.close();
  }
}

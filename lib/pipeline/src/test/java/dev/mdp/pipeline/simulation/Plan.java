package dev.mdp.pipeline.simulation;

import dev.mdp.core.event.Interval;
import dev.mdp.pipeline.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What one seed is made of: how many of everything, with which settings, and how much goes wrong.
///
/// @param processes how many compete for every shard
/// @param sharing how the processes share the shards
/// @param ticks whether each process stores ticks, too; without, micro-batch writes the codec's
///   poison
/// @param fixedTerms whether all workers are started with the same settings
/// @param trims whether the log is trimmed to what is consumed; then no lane ends or falls silent
///   before the end, because a lane that the log has forgotten may begin again
/// @param fills whether lanes that fill holes of the live ones are sent, too; only where ticks are
///   stored and no lane is forgotten
/// @param away how often a server does not answer, at any port call
/// @param crash how often a process dies, at any port call
/// @param pause how often a process is paused past its lease, at any port call
record Plan(
    int shards,
    int processes,
    Sharing sharing,
    boolean ticks,
    boolean fixedTerms,
    boolean trims,
    boolean endsLanes,
    boolean fills,
    WindowSettings windows,
    double away,
    double crash,
    double pause,
    int steps) {
  /// Each takes what is free; fair shares of the leases; a group that moves shards.
  enum Sharing {
    FREE,
    LEASES,
    GROUP
  }

  static final Duration LEASE = Duration.ofSeconds(3);
  static final long NO_CAP = 10_000;
  private static final List<List<Interval>> INTERVALS =
      Stream.of("1s", "1s,5s", "2s,3s", "500ms,1s,10s", "1s,30s", "2s,1m")
          .map(Plan::intervals)
          .toList();

  static List<Interval> intervals(String texts) {
    return Stream.of(texts.split(",", -1)).map(Interval::parse).toList();
  }

  static Plan draw(RandomGenerator random) {
    boolean trims = random.nextInt(4) == 0;
    boolean ticks = random.nextInt(6) > 0;
    return new Plan(
        1 + random.nextInt(3),
        2 + random.nextInt(3),
        Sharing.values()[random.nextInt(Sharing.values().length)],
        ticks,
        true,
        trims,
        random.nextBoolean(),
        ticks && !trims && random.nextInt(3) == 0,
        windows(random, trims),
        rate(random, 0.15),
        rate(random, 0.04),
        rate(random, 0.03),
        20 + random.nextInt(80));
  }

  /// The settings change at every restart; one shard.
  static Plan drawForChanges(RandomGenerator random) {
    Plan plan = draw(random);
    return new Plan(
        1,
        plan.processes,
        plan.sharing,
        plan.ticks,
        false,
        false,
        plan.endsLanes,
        false,
        windows(random, false),
        plan.away,
        plan.crash,
        plan.pause,
        plan.steps);
  }

  private static double rate(RandomGenerator random, double most) {
    return random.nextInt(4) == 0 ? 0 : random.nextDouble() * most;
  }

  private static WindowSettings windows(RandomGenerator random, boolean trims) {
    return new WindowSettings(
        "micro_batch",
        INTERVALS.get(random.nextInt(INTERVALS.size())),
        250_000L * random.nextInt(3),
        2_500_000L + 1_500_000L * random.nextInt(2),
        trims || random.nextInt(4) == 0 ? 900_000_000 : 8_000_000,
        2_000_000,
        random.nextInt(4) > 0 ? NO_CAP : 30 + random.nextInt(150));
  }

  boolean mayReachTheCap() {
    return windows.maxRetainedEvents() < NO_CAP;
  }
}

package dev.mdp.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Runs the worker and the bare loop in their own JVMs with 256 MB of heap. One thread.
final class Replays {
  private static final List<String> JVM = List.of("-Xmx256m");

  private Replays() {}

  /// One topic read once.
  ///
  /// @param claimNanos what of the worker's own processor time went into opening its sessions and
  ///   claiming the shard, before the first event
  /// @param peakBytes the largest resident memory of the worker's process so far
  record Pass(long nanos, Cpu.Times used, long claimNanos, long peakBytes) {
    double perSecond(long events) {
      return events * 1e9 / nanos;
    }
  }

  /// A fresh JVM reads these topics one after the other.
  static List<Pass> worker(Rig rig, ReplayMain.Job job, List<BenchFeed> feeds) {
    Map<String, String> arguments = arguments(rig);
    arguments.put("job", job.name());
    arguments.put("database", rig.databaseUrl());
    arguments.put("postgresPid", Long.toString(rig.postgresPid()));
    arguments.put(
        "topics",
        feeds.stream()
            .map(feed -> feed.topic() + ":" + (feed.events() + 1))
            .collect(Collectors.joining(",")));
    List<Pass> passes = new ArrayList<>();
    try (Child child = Child.start(ReplayMain.class, JVM, arguments)) {
      for (BenchFeed _ : feeds) {
        Map<String, String> result = child.result();
        passes.add(
            new Pass(
                number(result, "nanos"),
                new Cpu.Times(
                    number(result, "own"), number(result, "redis"), number(result, "postgres")),
                number(result, "claim"),
                number(result, "peak")));
      }
    }
    return passes;
  }

  /// A fresh JVM reads the topic and only counts. Throws when it did not see all.
  static Pass bare(Rig rig, BenchFeed feed) {
    Map<String, String> arguments = arguments(rig);
    arguments.put("topic", feed.topic());
    try (Child child = Child.start(BareMain.class, JVM, arguments)) {
      Map<String, String> result = child.result();
      if (number(result, "entries") != feed.events() + 1) {
        throw new IllegalStateException("the bare loop counted " + result + " of " + feed);
      }
      return new Pass(
          number(result, "nanos"),
          new Cpu.Times(number(result, "own"), number(result, "redis"), 0),
          0,
          0);
    }
  }

  static long number(Map<String, String> result, String name) {
    return Long.parseLong(WorkerParts.required(result, name));
  }

  private static Map<String, String> arguments(Rig rig) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("redis", rig.redisUri());
    arguments.put("redisPid", Long.toString(rig.redisPid()));
    return arguments;
  }
}

package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.testkit.InMemoryBars.BarKey;
import dev.mdp.testkit.InMemoryTicks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares what the workers left behind with what the log means.
final class Verdict {
  private final World world;
  private final List<Oracle> oracles = new ArrayList<>();

  private Verdict(World world) {
    this.world = world;
    for (int shard = 0; shard < world.plan.shards(); shard++) {
      oracles.add(Oracle.of(world.bus.log(shard).history(), world.plan.windows()));
    }
  }

  /// Throws when anything is wrong.
  static void on(World world) {
    Verdict verdict = new Verdict(world);
    for (int shard = 0; shard < world.plan.shards(); shard++) {
      require(
          !verdict.oracles.get(shard).capReached(), "the cap of shard " + shard + " was passed");
      progress(world, shard);
    }
    verdict.bars();
    verdict.letters();
    verdict.ledgers();
    ticks(world);
  }

  /// Throws unless this shard's cap is reached indeed.
  static void onCap(World world, int shard) {
    Oracle oracle = Oracle.of(world.bus.log(shard).history(), world.plan.windows());
    require(oracle.capReached(), "a worker gave up at a cap that shard " + shard + " keeps");
  }

  static void progress(World world, int shard) {
    List<Delivery> history = world.bus.log(shard).history();
    Position last = history.isEmpty() ? Position.START : history.getLast().position();
    Checkpoint checkpoint = world.store.checkpoint(World.key(shard));
    same("position of shard " + shard, last, checkpoint.position());
  }

  private void bars() {
    Map<BarKey, Bar> expected = new HashMap<>();
    oracles.forEach(oracle -> expected.putAll(oracle.bars()));
    Map<BarKey, Bar> stored = new HashMap<>();
    world
        .store
        .bars()
        .forEach(bar ->
            stored.put(
                new BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros()), bar));
    oracles.forEach(oracle ->
        oracle
            .refilled()
            .forEach((key, refilled) -> {
              expected.remove(key);
              String wrong = refilled.wrong(stored.remove(key));
              require(wrong.isEmpty(), "bar " + key + " after a refill: " + wrong);
            }));
    same("bar", expected, stored);
    require(world.store.pendingRepairs() == 0, "windows are left to be computed again");
  }

  private void letters() {
    Set<String> expected = new TreeSet<>();
    Set<String> poison = new TreeSet<>();
    Set<String> future = new TreeSet<>();
    for (int shard = 0; shard < oracles.size(); shard++) {
      for (String letter : oracles.get(shard).letters()) {
        expected.add(shard + " " + letter);
        if (letter.contains(" future ")) {
          future.add(shard + " " + letter);
        }
      }
      for (Delivery delivery : world.bus.log(shard).history()) {
        if (delivery instanceof Delivery.Malformed malformed) {
          poison.add(shard + " " + delivery.position() + " " + malformed.reason() + " []");
        }
      }
    }
    if (world.plan.ticks()) {
      poison.addAll(future);
      same("dead letters of the ticks", poison, letters(World.TICKS_GROUP));
    } else {
      expected.addAll(poison);
    }
    same("dead letters", expected, letters(World.GROUP));
  }

  /// Once each: a letter may be published again after a commit of unknown outcome.
  private Set<String> letters(String group) {
    Set<String> letters = new TreeSet<>();
    for (DeadLetter letter : world.bus.deadLetters()) {
      if (letter.group().equals(group)) {
        letters.add(
            letter.shard()
                + " "
                + letter.position()
                + " "
                + letter.reason()
                + " "
                + letter.intervals());
      }
    }
    return letters;
  }

  /// Over all runs every entry is counted once outside `recovered`.
  private void ledgers() {
    Map<String, Long> expected = new TreeMap<>();
    oracles.forEach(oracle ->
        oracle.ledger().forEach((key, entries) -> expected.merge(key, entries, Long::sum)));
    same("ledger", expected, counted(world.store.ledgers().values()));
  }

  static Map<String, Long> counted(Collection<LedgerCounts> ledgers) {
    Map<String, Long> counted = new TreeMap<>();
    for (LedgerCounts ledger : ledgers) {
      requireSum(ledger);
      ledger
          .byProvider()
          .forEach((provider, entry) ->
              entry
                  .outcomes()
                  .forEach((outcome, entries) -> {
                    if (entries != 0 && outcome != Outcome.RECOVERED) {
                      counted.merge(provider + " " + word(outcome), entries, Long::sum);
                    }
                  }));
    }
    return counted;
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case AGGREGATED, OPEN, REVISED_LATE -> "built";
      case DUPLICATE, CONFLICT, SEALED_LATE, LATE_FILLED, DEAD_LETTERED, FILTERED, RECOVERED ->
          outcome.word();
    };
  }

  /// Every valid tick that was ever sent is there exactly once, with the smallest payload.
  static void ticks(World world) {
    if (!world.plan.ticks()) {
      return;
    }
    Map<InMemoryTicks.Key, Tick> expected = new HashMap<>();
    for (int shard = 0; shard < world.plan.shards(); shard++) {
      for (Delivery delivery : world.bus.log(shard).history()) {
        if (delivery instanceof Delivery.Decoded decoded
            && decoded.event() instanceof Tick tick
            && tick.srcMicros()
                <= decoded.appendMicros() + world.plan.windows().maxFutureMicros()) {
          expected.merge(
              InMemoryTicks.Key.of(tick),
              tick,
              (a, b) -> Oracle.PAYLOADS.compare(a, b) <= 0 ? a : b);
        }
      }
    }
    same("tick", payloads(expected), payloads(world.ticks.rows()));
    world
        .ticks
        .ledgers()
        .values()
        .forEach(ledger ->
            require(ledger.addsUp(), "the ledger of the ticks does not add up: " + ledger));
  }

  private record Payload(double price, double size, double bid, double ask) {}

  private static Map<InMemoryTicks.Key, Payload> payloads(Map<InMemoryTicks.Key, Tick> ticks) {
    Map<InMemoryTicks.Key, Payload> payloads = new HashMap<>();
    ticks.forEach((key, tick) ->
        payloads.put(key, new Payload(tick.price(), tick.size(), tick.bid(), tick.ask())));
    return payloads;
  }

  private static void requireSum(LedgerCounts ledger) {
    if (!ledger.addsUp()) {
      throw new AssertionError("the ledger does not add up: " + ledger);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static void same(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + "\n  but was " + actual);
    }
  }

  private static void same(String what, Set<String> expected, Set<String> actual) {
    if (!expected.equals(actual)) {
      expected.forEach(each -> require(actual.contains(each), what + ": missing " + each));
      actual.forEach(each -> require(expected.contains(each), what + ": not expected " + each));
    }
  }

  private static <K, V> void same(String what, Map<K, V> expected, Map<K, V> actual) {
    expected.forEach((key, value) -> {
      if (!Objects.equals(actual.get(key), value)) {
        throw new AssertionError(
            what + ": expected " + key + " = " + value + "\n  but was " + actual.get(key));
      }
    });
    actual.forEach((key, value) -> {
      if (!expected.containsKey(key)) {
        throw new AssertionError(what + ": not expected: " + key + " = " + value);
      }
    });
  }
}

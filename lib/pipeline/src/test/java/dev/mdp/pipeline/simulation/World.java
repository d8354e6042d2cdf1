package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.Members;
import dev.mdp.core.checkpoint.PendingRepairs;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.store.TickStore;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.pipeline.worker.Worker;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.InMemoryTicks;
import dev.mdp.testkit.LowWater;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// The real workers, windows and checkpoints of some processes on a fake bus and fake stores with
/// virtual time, on one thread. At every port call a server may be away, before or after it did
/// what was asked; the process may die; or it is paused past its lease while the others continue.
final class World {
  static final String TOPIC = "mdp.events";
  static final String GROUP = "micro-batcher";
  static final String TICKS_GROUP = "tick-consumer";
  static final Duration CLAIM_IDLE = Duration.ofSeconds(2);

  final Plan plan;
  final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  final InMemoryBus bus;
  final InMemoryStore store;
  final InMemoryTicks ticks;
  final Judgments judgments;
  final LateCommits lateCommits;
  final Feed feed;
  final SimulatedGroup group;
  private final RandomGenerator random;
  private final IntFunction<WindowSettings> settingsOfTerm;
  private final Ports ports;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Map<String, Integer> faultsMade = new TreeMap<>();
  private final Map<String, WindowSettings> settingsOf = new HashMap<>();
  private SimulatedProcess running;
  private boolean faulty = true;
  private boolean nested;
  private long nextRun = 1;

  /// Whether the database goes back now and then; not where the log is trimmed behind it.
  private final boolean goesBack;

  /// A mutant's.
  private final boolean repairsTooEarly;

  private final Restores restores;
  private final Watch watch;
  private int term;

  /// The windows that refills came too late for.
  PendingRepairs repairs() {
    return repairsTooEarly
        ? store.repairs(ticks, _ -> new Position(Long.MAX_VALUE, 0), () -> Instant.MAX)
        : store.repairs(ticks, this::ticksStored, clock);
  }

  private Position ticksStored(CheckpointKey key) {
    return store.checkpoint(new CheckpointKey(TICKS_GROUP, key.topic(), key.shard())).position();
  }

  /// The real ports as the workers see them; a mutant puts something in between.
  record Ports(EventBus bus, Checkpoints checkpoints, TickStore ticks, Members members) {}

  /// @param settingsOfTerm what workers are started with; a new term begins with a stop of all
  World(
      RandomGenerator random,
      Plan plan,
      IntFunction<WindowSettings> settingsOfTerm,
      Mutant mutant) {
    this.random = random;
    this.plan = plan;
    this.settingsOfTerm = settingsOfTerm;
    Faults faults = this::at;
    this.bus = new InMemoryBus(plan.shards(), clock, faults);
    this.store = new InMemoryStore(clock, this::atDatabase);
    this.ticks = new InMemoryTicks(this::atDatabase);
    this.restores = new Restores(store, ticks);
    this.judgments = new Judgments(store, settingsOf::get);
    this.lateCommits =
        new LateCommits(judgments.checkpoints(), random, () -> faulty && plan.away() > 0);
    this.feed = new Feed(random, plan, bus, clock);
    this.group = new SimulatedGroup(plan.shards(), random, faults);
    Ports mutated =
        mutant.wrap(new Ports(bus, lateCommits.checkpoints(), ticks, store.members()), this);
    this.watch = new Watch(mutated.checkpoints(), clock);
    this.ports = new Ports(mutated.bus(), watch.checkpoints(), mutated.ticks(), store.members());
    this.repairsTooEarly = mutant == Mutant.REPAIRED_TOO_EARLY;
    this.goesBack =
        mutant.goesBack()
            && !plan.trims()
            && plan.fixedTerms()
            && (mutant != Mutant.NONE || random.nextInt(3) == 0);
    faulty = false;
    if (plan.ticks()) {
      LowWater.raise(store.marks(), TICKS_GROUP, TOPIC, plan.shards(), beginnings());
    }
    for (int i = 0; i < plan.processes(); i++) {
      processes.add(start(i));
    }
    running = processes.getFirst();
    faulty = true;
  }

  private Map<Integer, Position> beginnings() {
    Map<Integer, Position> all = new HashMap<>();
    for (int shard = 0; shard < plan.shards(); shard++) {
      all.put(shard, Position.START);
    }
    return all;
  }

  static CheckpointKey key(int shard) {
    return new CheckpointKey(GROUP, TOPIC, shard);
  }

  /// What the process with this owner's name was started with.
  WindowSettings settingsOf(String owner) {
    return Objects.requireNonNull(settingsOf.get(owner));
  }

  /// Which process makes the call that is being answered; counted from 0.
  int runningProcess() {
    return running.index();
  }

  /// How often each kind of fault was made.
  Map<String, Integer> faultsMade() {
    return faultsMade;
  }

  /// Whether entries were cut off some log.
  boolean trimmed() {
    for (int shard = 0; shard < plan.shards(); shard++) {
      if (bus.log(shard).length() < bus.log(shard).history().size()) {
        return true;
      }
    }
    return false;
  }

  /// Faults, then a time without them in which the workers catch up and drain.
  void run() {
    for (int step = 0; step < plan.steps(); step++) {
      step();
    }
    heal();
  }

  /// As [#run], while so many holes are filled, each in a lane of its own.
  void run(int holes) {
    for (int hole = 0; hole < holes; hole++) {
      feed.fillHole();
      if (hole % 10 == 0) {
        step();
      }
    }
    heal();
  }

  private void step() {
    if (random.nextInt(3) > 0) {
      feed.append();
    }
    clock.advance(Duration.ofMillis(random.nextInt(120)));
    if (random.nextInt(25) == 0) {
      feed.switchFeeds();
    }
    if (random.nextInt(plan.trims() ? 10 : 30) == 0) {
      clock.advance(Duration.ofMillis(random.nextInt(plan.trims() ? 70_000 : 9_000)));
    }
    if (random.nextInt(30) == 0) {
      faulty = false;
      lateCommits.apply();
      faulty = true;
    }
    if (random.nextInt(25) == 0) {
      restart(random.nextInt(processes.size()));
    }
    goBack(12);
    if (!plan.fixedTerms() && random.nextInt(30) == 0) {
      beginTerm();
    }
    group.goOn();
    for (int polls = 1 + random.nextInt(4); polls > 0; polls--) {
      pollOne(random.nextInt(processes.size()));
    }
  }

  private void goBack(int outOf) {
    if (goesBack && random.nextInt(outOf) == 0 && restores.next()) {
      faultsMade.merge("restore", 1, Integer::sum);
      lateCommits.forget();
      watch.forget();
    }
  }

  private void heal() {
    faulty = false;
    group.settle();
    lateCommits.apply();
    if (plan.endsLanes()) {
      feed.endAll();
    }
    clock.advance(Duration.ofSeconds(75)); // past the longest window that holds a tick
    int calm = 0;
    for (int round = 0; calm < 15; round++) {
      if (round > 5_000) {
        throw new AssertionError("the workers do not come to rest");
      }
      pollAll();
      calm = atRest() ? calm + 1 : 0;
    }
    processes.forEach(process -> process.workers().forEach(Worker::drain));
  }

  private void pollAll() {
    clock.advance(Duration.ofMillis(200));
    for (int i = 0; i < processes.size(); i++) {
      for (int worker = 0; worker < processes.get(i).workers().size(); worker++) {
        poll(processes.get(i), worker);
      }
    }
  }

  /// Every shard is read to its end by an owner that is not recovering, and by the ticks, and no
  /// window waits to be computed again.
  private boolean atRest() {
    if (store.pendingRepairs() > 0) {
      return false;
    }
    for (int shard = 0; shard < plan.shards(); shard++) {
      int of = shard;
      List<Delivery> history = bus.log(shard).history();
      boolean read =
          history.isEmpty()
              || store.checkpoint(key(shard)).position().equals(history.getLast().position());
      if (!read
          || !ticksAreStored(shard)
          || processes.stream().noneMatch(each -> isAtWork(each.workers().get(of)))) {
        return false;
      }
    }
    return true;
  }

  /// The database's mark of the tick group is at the log's end.
  private boolean ticksAreStored(int shard) {
    List<Delivery> history = bus.log(shard).history();
    return !plan.ticks()
        || history.isEmpty()
        || store
            .checkpoint(new CheckpointKey(TICKS_GROUP, TOPIC, shard))
            .position()
            .equals(history.getLast().position());
  }

  private static boolean isAtWork(Worker worker) {
    return worker instanceof MicroBatchWorker owner && owner.owns() && !owner.isWaiting();
  }

  private void pollOne(int index) {
    SimulatedProcess process = processes.get(index);
    if (!process.workers().isEmpty()) {
      poll(process, random.nextInt(process.workers().size()));
    }
  }

  private void poll(SimulatedProcess process, int worker) {
    SimulatedProcess before = running;
    running = process;
    try {
      process.workers().get(worker).poll();
    } catch (UnavailableException | ConflictException e) {
      // the next poll tries again, as the runner does
    } catch (Crash e) {
      if (store.pendingRepairs() > 0) {
        faultsMade.merge("crash with windows to repair", 1, Integer::sum);
      }
      processes.set(process.index(), start(process.index()));
    } catch (ConfigException e) {
      throw new CapReached(worker, e);
    } catch (MdpException e) {
      throw new AssertionError("a worker ended: " + e.getMessage(), e);
    } finally {
      running = before;
    }
  }

  private void restart(int index) {
    stop(index);
    processes.set(index, start(index));
  }

  /// All stop before the first starts with other settings: a pause in one's last commit lets others
  /// of the same term take over, and no one of the term before takes over from one of the next.
  private void beginTerm() {
    for (int i = 0; i < processes.size(); i++) {
      stop(i);
    }
    term++;
    for (int i = 0; i < processes.size(); i++) {
      processes.set(i, start(i));
    }
  }

  /// Told to stop, or killed between two polls.
  private void stop(int index) {
    SimulatedProcess process = processes.get(index);
    running = process;
    if (random.nextBoolean()) {
      process.drain();
    }
    processes.set(index, SimulatedProcess.stopped(index));
  }

  private SimulatedProcess start(int index) {
    boolean wasFaulty = faulty;
    faulty = false;
    WindowSettings settings = settingsOfTerm.apply(term);
    settingsOf.put("owner-" + nextRun, settings);
    SimulatedProcess process =
        SimulatedProcess.start(index, this, ports, settings, nextRun, random.nextBoolean());
    nextRun += plan.shards() + 1;
    faulty = wasFaulty;
    return process;
  }

  private void atDatabase(String point) {
    restores.during(point, () -> at(point));
  }

  private void at(String point) {
    if (!faulty) {
      return;
    }
    double drawn = random.nextDouble();
    if (drawn < plan.away()) {
      faultsMade.merge("away", 1, Integer::sum);
      throw new UnavailableException("made by a test at " + point);
    }
    if (drawn > 1 - plan.crash()) {
      faultsMade.merge("crash", 1, Integer::sum);
      throw new Crash(point);
    }
    if (!nested && drawn > 1 - plan.crash() - plan.pause()) {
      faultsMade.merge("pause", 1, Integer::sum);
      pausePastTheLease();
    }
  }

  /// The caller is frozen in the middle of its call; the others continue.
  private void pausePastTheLease() {
    SimulatedProcess frozen = running;
    nested = true;
    try {
      clock.advance(Plan.LEASE.plusMillis(random.nextInt(2_000)));
      for (int polls = 2 + random.nextInt(20); polls > 0; polls--) {
        int other = (frozen.index() + 1 + random.nextInt(processes.size() - 1)) % processes.size();
        if (random.nextInt(4) == 0) {
          feed.append();
        }
        clock.advance(Duration.ofMillis(random.nextInt(100)));
        goBack(15);
        group.goOn();
        pollOne(other);
      }
    } finally {
      nested = false;
      running = frozen;
    }
  }
}

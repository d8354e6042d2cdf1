package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.metrics.FeedMetrics;
import dev.mdp.pipeline.feed.FeedPorts;
import dev.mdp.pipeline.feed.FeedSettings;
import dev.mdp.pipeline.feed.FeedWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.pipeline.worker.Worker;
import dev.mdp.pipeline.worker.WorkerEvents;
import dev.mdp.pipeline.worker.WorkerRunner;
import dev.mdp.store.PostgresStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/// A producer on a thread of this process: the real worker on the real socket, bus and store, with
/// a clock of its own, and an end between two of its steps. One thread, besides that of the worker.
final class MortalProducer implements HostileProducer {
  /// Long for a machine that stands still, short for a test in which another one waits for its end.
  static final Duration LEASE = Duration.ofSeconds(3);

  /// No session is about the venue's clock.
  private static final Duration MAX_FUTURE = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger RUNS = new AtomicInteger(1_000_000);

  private final Mortality mortality = new Mortality();
  private final SplittableRandom random;
  private final WorkerRunner runner;
  private final Thread thread;

  private MortalProducer(
      EventBus bus,
      PostgresStore store,
      String topic,
      HostilePlan plan,
      VenueConnections venue,
      InstantSource clock,
      SplittableRandom random) {
    this.random = random;
    int run = RUNS.incrementAndGet();
    FeedWorker worker =
        new FeedWorker(
            new FeedSettings(
                topic,
                plan.provider() + "-" + run,
                run,
                plan.wanted().stream().map(Symbol::new).toList(),
                LEASE,
                2_000,
                MAX_FUTURE,
                Long.MAX_VALUE),
            new FeedPorts(
                new MortalBus(bus, mortality),
                mortality.of(store.feeds()),
                store.askedGaps(),
                store.storedIds(),
                venue.live(plan, clock),
                Optional.of(venue.history(plan, clock)),
                task -> Thread.ofVirtual().name("feed-history").start(task),
                FeedMetrics.NONE,
                clock,
                Pause.sleeping()));
    this.runner = new WorkerRunner(new Mortal(worker, mortality), Untold.EVENTS, clock);
    this.thread =
        Thread.ofVirtual()
            .name(plan.provider() + "-" + run)
            .start(() -> {
              runner.run();
              if (runner.failure().isPresent()) {
                worker.abandon(); // as the end of a process closes its sockets
              }
            });
  }

  /// Waits, as a command does, until the servers answer.
  static MortalProducer start(
      EventBus bus,
      PostgresStore store,
      String topic,
      HostilePlan plan,
      VenueConnections venue,
      InstantSource clock,
      SplittableRandom random) {
    AtomicReference<MortalProducer> started = new AtomicReference<>();
    Awaitility.await("the start of " + plan.provider())
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(UnavailableException.class)
        .until(() -> {
          started.set(new MortalProducer(bus, store, topic, plan, venue, clock, random));
          return true;
        });
    return started.get();
  }

  /// Somewhere in its work; where it does not come by soon, at its next turn.
  @Override
  public void kill() {
    Mortality.Point[] points = Mortality.Point.values();
    mortality.dieAt(points[random.nextInt(points.length)]);
    if (!ends(Duration.ofSeconds(3))) {
      mortality.dieAt(Mortality.Point.POLL);
    }
    assertThat(ends(PATIENCE)).as("%s dies", thread.getName()).isTrue();
    requireKilled();
  }

  private void requireKilled() {
    RuntimeException failure = runner.failure().orElseThrow();
    if (!(failure.getCause() instanceof Mortality.Killed)) {
      throw new AssertionError(thread.getName() + " had died before: " + failure, failure);
    }
  }

  @Override
  public void freeze(Duration length) {
    mortality.freeze(length);
  }

  @Override
  public Optional<String> stop() {
    runner.stop();
    assertThat(ends(PATIENCE)).as("%s drains", thread.getName()).isTrue();
    return runner.failure().map(failure -> thread.getName() + ": " + failure);
  }

  private boolean ends(Duration within) {
    try {
      return thread.join(within);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// The worker, until its turn comes.
  private record Mortal(FeedWorker worker, Mortality mortality) implements Worker {
    @Override
    public String name() {
      return worker.name();
    }

    @Override
    public int poll() {
      mortality.pass(Mortality.Point.POLL);
      return worker.poll();
    }

    @Override
    public boolean finished() {
      return worker.finished();
    }

    @Override
    public boolean isStandingBy() {
      return worker.isStandingBy();
    }

    @Override
    public void drain() {
      worker.drain();
    }

    @Override
    public void abandon() {
      // done by the thread, once
    }
  }

  private enum Untold implements WorkerEvents {
    EVENTS;

    @Override
    public void moved(Worker worker) {}

    @Override
    public void away(Worker worker, MdpException error) {}

    @Override
    public void back(Worker worker, Duration after) {}

    @Override
    public void failed(Worker worker, RuntimeException error) {}
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// One session: a hostile venue, and producers of its trades that come and go. One thread.
final class HostileSession implements AutoCloseable {
  /// Longer than a lease of a producer in this process.
  private static final Duration FROZEN = MortalProducer.LEASE.plusSeconds(2);

  private static final Duration TO_BEGIN = Duration.ofSeconds(240);
  private static final Duration LEASE_OF_PROCESSES = Duration.ofSeconds(18);

  private final HostilePlan plan;
  private final FakeVenue venue;
  private final Supplier<HostileProducer> starts;
  private final SplittableRandom random;
  private final List<HostileProducer> producers = new ArrayList<>();
  private final Map<String, Long> anchors = new HashMap<>();

  /// @param venue started
  /// @param starts another producer
  HostileSession(HostilePlan plan, FakeVenue venue, Supplier<HostileProducer> starts) {
    this.plan = plan;
    this.venue = venue;
    this.starts = starts;
    this.random = new SplittableRandom(~plan.seed());
  }

  HostilePlan plan() {
    return plan;
  }

  /// By symbol, an id that was streamed when the feed was known to have begun.
  Map<String, Long> anchors() {
    return anchors;
  }

  /// Until the feed has something of each symbol: what comes before is no one's to publish.
  ///
  /// @param begun whether it has
  void begin(Supplier<Boolean> begun) throws InterruptedException {
    producers.add(starts.get());
    long end = System.nanoTime() + TO_BEGIN.toNanos();
    while (!begun.get()) {
      assertThat(System.nanoTime()).as("%s begins in time", plan.provider()).isLessThan(end);
      venue.release(1);
      Thread.sleep(250);
    }
    plan.symbols().forEach(symbol -> anchors.put(symbol, venue.head(symbol)));
  }

  /// Plays the tape while everything breaks.
  void play() throws InterruptedException {
    int trades = plan.symbols().stream().mapToInt(each -> plan.tape().trades(each).size()).sum();
    venue.play(1.1 * trades * 1_000 / plan.playing().toMillis());
    long end = System.nanoTime() + plan.playing().toNanos();
    while (System.nanoTime() < end) {
      if (plan.inProcess()) {
        Thread.sleep(random.nextLong(4_000, 8_000));
        replaceKilled();
        if (end - System.nanoTime() > LEASE_OF_PROCESSES.toNanos()) {
          Thread.sleep(LEASE_OF_PROCESSES);
        }
      } else {
        Thread.sleep(random.nextLong(1_000, 5_000));
        breakSomething();
      }
    }
    venue.healRest();
    plan.symbols().forEach(venue::resume);
    venue.releaseAll();
  }

  private void breakSomething() throws InterruptedException {
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> replaceKilled();
      case 3 -> {
        // What a process that stood still sends of a trade with two times is there twice.
        if (plan.kind() != VenueKind.KRAKEN && producers.size() == 1) {
          producers.getFirst().freeze(FROZEN);
          producers.add(starts.get());
        }
      }
      case 4 -> venue.dropConnections();
      case 5 -> {
        venue.outage(true);
        Thread.sleep(random.nextLong(2_000));
        venue.outage(false);
      }
      case 6 -> {
        String halted = plan.symbols().get(random.nextInt(plan.symbols().size()));
        venue.halt(halted);
        Thread.sleep(random.nextLong(3_000));
        venue.resume(halted);
      }
      case 7 -> replaceDrained();
      default -> {}
    }
  }

  private void replaceKilled() {
    producers.remove(random.nextInt(producers.size())).kill();
    if (producers.isEmpty()) {
      producers.add(starts.get());
    }
  }

  /// One that cannot drain because a server is away leaves it to the next one.
  private void replaceDrained() {
    Optional<String> failure = producers.removeFirst().stop();
    assertThat(failure.orElse("UnavailableException")).contains("UnavailableException");
    producers.add(starts.get());
  }

  /// Ends the producers; what went wrong with them and with the venue's limits.
  List<String> end() {
    List<String> problems = new ArrayList<>();
    producers.forEach(each -> each.stop().ifPresent(problems::add));
    producers.clear();
    VenueLog log = venue.log();
    Duration second = Duration.ofSeconds(1);
    int messages = VenueConnections.messagesPerSecond(plan.kind());
    int connects = VenueConnections.connects(plan.kind());
    int weight = VenueConnections.weightPerMinute(plan.kind());
    // Between fragments come pings without end, and each wants its pong.
    boolean isPinged = plan.script().wire().isFragmenting();
    int sent = isPinged ? log.mostTexts(second) : log.mostMessages(second);
    limit(problems, "messages in a second", sent, messages);
    limit(
        problems,
        "connects",
        log.mostConnects(VenueConnections.connectWindow(plan.kind())),
        connects);
    limit(problems, "weight in a minute", log.mostWeight(Duration.ofMinutes(1)), weight);
    return problems;
  }

  private void limit(List<String> problems, String what, int most, int allowed) {
    if (most > allowed) {
      problems.add("seed " + plan.seed() + " " + plan.kind() + ": " + most + " " + what);
    }
  }

  @Override
  public void close() {
    venue.close();
  }
}

package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.pipeline.worker.Periodic;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes a venue's live trades, each once, and what fills their holes. It owns its provider's
/// shards as a worker owns those of the log, notes each second how far it is, and after any error
/// begins again from what is noted and what the log has. One thread.
public final class FeedWorker implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(FeedWorker.class);
  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Duration STAND_BY = Duration.ofMillis(500);
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

  /// How many trades may wait until it is known whose clock is wrong.
  private static final int MOST_DOUBTED = 200_000;

  private final FeedSettings settings;
  private final FeedPorts ports;
  private final FeedShards shards;
  private final Publisher publisher;
  private final FeedRefusals refusals;
  private final FeedHoles holes;
  private final FeedTally tally;
  private final ClockWatch clocks;
  private final FeedIntake intake;
  private final Periodic commits;
  private Set<Symbol> subscribed = Set.of();

  public FeedWorker(FeedSettings settings, FeedPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.tally = new FeedTally(ports.feed().provider(), ports.metrics());
    this.shards = new FeedShards(settings, ports);
    this.publisher = ports.bus().openPublisher(settings.topic());
    this.refusals =
        new FeedRefusals(
            settings.topic(),
            ports.feed().provider(),
            ports.bus().shards(),
            ports.bus().openDeadLetters(settings.topic()),
            ports.clock());
    this.holes = new FeedHoles(settings, ports, publisher, refusals, tally);
    this.clocks = new ClockWatch(ports.feed().provider(), settings.maxFuture());
    this.intake = new FeedIntake(shards, tally, refusals, ports.feed(), clocks, ports.clock());
    this.commits = Periodic.after(COMMIT_EVERY, ports.clock());
  }

  @Override
  public String name() {
    return "feed-" + ports.feed().provider();
  }

  @Override
  public int poll() {
    try {
      return work();
    } catch (FencedException e) {
      LOG.warn("{}: {}; standing by", name(), e.getMessage());
      shards.discardAll();
      return 0;
    }
  }

  private int work() {
    List<OwnedShard> claimed = shards.claimFree();
    Set<Symbol> wanted = new TreeSet<>(shards.symbols());
    if (!wanted.equals(subscribed)) {
      ports.feed().subscribe(wanted);
      subscribed = wanted;
      intake.subscribed(wanted);
    }
    claimed.forEach(intake::claimed);
    if (wanted.isEmpty()) {
      pause(STAND_BY);
      return 0;
    }
    int came = ports.feed().poll(settings.batchSize(), WAIT, intake);
    intake.end(holes.canFill());
    refusals.publish();
    shards.anchorAll();
    int done = came;
    if (areClocksGood()) {
      done += publish();
      shards.anchorAll();
      done += holes.fill(shards);
      shards.anchorAll();
    }
    if (commits.isDue()) {
      commit();
    }
    return done;
  }

  /// Whether trades may be sent, as far as it is known yet. Throws
  /// [dev.mdp.core.error.ConfigException] when it is known that they may not.
  private boolean areClocksGood() {
    Instant now = ports.clock().instant();
    clocks.look(now);
    return !clocks.isDoubtful(now) || shards.waiting() > MOST_DOUBTED;
  }

  /// Sends what is not held, as far as the leases live.
  private int publish() {
    Instant now = ports.clock().instant();
    List<Tick> batch = new ArrayList<>();
    List<OwnedShard> sending = new ArrayList<>();
    for (OwnedShard each : shards.owned()) {
      if (each.outgoing().isEmpty() || each.outgoing().isHeld(now)) {
        continue;
      }
      shards.requireLease(each);
      batch.addAll(each.outgoing().trades(holes::behind));
      sending.add(each);
    }
    if (batch.isEmpty()) {
      return 0;
    }
    Failpoint.PRODUCE_BEFORE_PUBLISH.pass();
    publisher.publish(batch);
    Failpoint.PRODUCE_AFTER_PUBLISH.pass();
    sending.forEach(each -> {
      each.outgoing().sent();
      each.sent();
    });
    tally.published(batch.size());
    return batch.size();
  }

  private void commit() {
    shards.commitAll();
    holes.takeAsked(shards);
    tally.open(shards.owned());
  }

  @Override
  public boolean finished() {
    return tally.published() >= settings.limit();
  }

  @Override
  public boolean isStandingBy() {
    return shards.owned().isEmpty();
  }

  @Override
  public boolean isSource() {
    return true;
  }

  /// What was taken is published, what is published is noted.
  @Override
  public void drain() {
    try {
      ports.feed().close();
      shards.owned().forEach(each -> each.outgoing().release());
      publish();
      holes.end();
      shards.commitAll();
      shards.releaseAll();
    } catch (FencedException e) {
      LOG.warn("{}: {}; nothing to drain", name(), e.getMessage());
    } finally {
      close();
    }
  }

  @Override
  public void abandon() {
    try {
      ports.feed().close();
      shards.discardAll();
    } catch (MdpException e) {
      LOG.debug("{}: ended without a commit", name(), e);
    } finally {
      close();
    }
  }

  private void close() {
    publisher.close();
    refusals.close();
    holes.close();
  }

  /// What it has counted; any thread.
  public FeedTally tally() {
    return tally;
  }

  private void pause(Duration time) {
    try {
      ports.pause().pause(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.MdpException;
import dev.mdp.pipeline.worker.Periodic;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the holes that operators asked for, of the shards that no process publishes: it owns them
/// meanwhile, as the process that publishes them would. What another process owns is left to that.
/// It ends when the venue has given what it gives. One thread.
public final class FillWorker implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(FillWorker.class);
  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

  private final FeedPorts ports;
  private final FeedShards shards;
  private final Publisher publisher;
  private final FeedRefusals refusals;
  private final FeedHoles holes;
  private final FeedTally tally;
  private final Periodic commits;
  private final Instant patientUntil;
  private boolean taken;

  /// @param settings whose symbols are those with holes
  /// @param ports with [NoLiveFeed]
  /// @param patience for how long it asks again for what the venue does not give at once
  public FillWorker(FeedSettings settings, FeedPorts ports, Duration patience) {
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
    this.commits = Periodic.after(COMMIT_EVERY, ports.clock());
    this.patientUntil = ports.clock().instant().plus(patience);
  }

  @Override
  public String name() {
    return "fill-" + ports.feed().provider();
  }

  @Override
  public int poll() {
    try {
      int filled = work();
      if (filled == 0) {
        pause();
      }
      return filled;
    } catch (FencedException e) {
      LOG.warn("{}: {}; the hole is left to its new owner", name(), e.getMessage());
      shards.discardAll();
      return 0;
    }
  }

  private int work() {
    shards.claimFree();
    if (!shards.isSettled()) {
      return 0;
    }
    boolean isDue = commits.isDue();
    if (isDue) {
      shards.commitAll();
    }
    if (isDue || !taken) {
      holes.takeAsked(shards);
      taken = true;
    }
    shards.anchorAll();
    int filled = holes.fillAsked(shards);
    shards.anchorAll();
    return filled;
  }

  /// Also when every shard is another process's.
  @Override
  public boolean finished() {
    return taken
        && (shards.owned().isEmpty()
            || holes.isAskedDone(shards) && (holes.isAskedClosed(shards) || isOutOfPatience()));
  }

  private boolean isOutOfPatience() {
    return !ports.clock().instant().isBefore(patientUntil);
  }

  @Override
  public boolean hasGivenUp() {
    return isOutOfPatience();
  }

  @Override
  public boolean isStandingBy() {
    return shards.owned().isEmpty();
  }

  @Override
  public void drain() {
    try {
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

  private void pause() {
    try {
      ports.pause().pause(WAIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

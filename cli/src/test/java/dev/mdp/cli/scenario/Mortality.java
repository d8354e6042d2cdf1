package dev.mdp.cli.scenario;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Where a producer in this process dies, or stands still, when a test wants it to: what it had not
/// done by then is never done. Thread-safe.
final class Mortality {
  /// Between which steps.
  enum Point {
    POLL,
    BEFORE_PUBLISH,
    AFTER_PUBLISH,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  /// What a process has in place of an end by SIGKILL.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed(Point point) {
      super("killed: " + point);
    }
  }

  private final AtomicReference<Point> deadly = new AtomicReference<>();
  private final AtomicReference<Duration> freeze = new AtomicReference<>();

  void dieAt(Point point) {
    deadly.set(point);
  }

  /// The next publish begins so much later than the look at the lease before it.
  void freeze(Duration length) {
    freeze.set(length);
  }

  void pass(Point point) {
    if (deadly.get() == point) {
      throw new Killed(point);
    }
  }

  Publisher of(Publisher publisher) {
    return new Publisher() {
      @Override
      public void publish(List<? extends MarketEvent> events) {
        standStill();
        pass(Point.BEFORE_PUBLISH);
        publisher.publish(events);
        pass(Point.AFTER_PUBLISH);
      }

      @Override
      public void close() {
        publisher.close();
      }
    };
  }

  FeedStore of(FeedStore store) {
    return new FeedStore() {
      @Override
      public FeedClaim claim(FeedKey key, String owner, Duration lease) {
        return store.claim(key, owner, lease);
      }

      @Override
      public FeedLease renew(FeedLease lease, Duration length) {
        return store.renew(lease, length);
      }

      @Override
      public FeedLease commit(FeedLease lease, Duration length, FeedCommit commit) {
        pass(Point.BEFORE_COMMIT);
        FeedLease next = store.commit(lease, length, commit);
        pass(Point.AFTER_COMMIT);
        return next;
      }

      @Override
      public void release(FeedLease lease) {
        store.release(lease);
      }
    };
  }

  private void standStill() {
    Duration length = freeze.getAndSet(null);
    if (length != null) {
      try {
        Thread.sleep(length);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

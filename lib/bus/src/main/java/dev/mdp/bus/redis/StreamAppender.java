package dev.mdp.bus.redis;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends entries in transactions. Retries while the server is away or full; says once when that
/// begins and once when it is over. One thread.
final class StreamAppender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamAppender.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /// An entry to append: its stream, then field, value, ….
  record Entry(byte[] key, byte[]... fieldsAndValues) {}

  private final RedisLink link;
  private final String what;
  private final Duration retry;
  private boolean away;

  /// @param what for the log, e.g. `events for mdp.events`
  StreamAppender(RedisLink link, String what, Duration retry) {
    this.link = link;
    this.what = what;
    this.retry = retry;
    link.open();
  }

  /// Returns when all entries are acknowledged. Throws [UnavailableException] when the server
  /// stayed away or full for longer than the retry time.
  void append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + retry.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        new AppendTransaction(link).append(entries);
        sayBack();
        return;
      } catch (UnavailableException e) {
        if (System.nanoTime() + pause.toNanos() > deadline
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        sayAway(e, entries.size());
        rest(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  /// Takes entries off the stream that were appended before this time, about.
  void trim(byte[] key, Instant appendedBefore) {
    Position until = new Position(Math.max(0, appendedBefore.toEpochMilli()), 0);
    try {
      link.ask(Verb.XTRIM, key, "minid", "~", until);
    } catch (ServerError e) {
      throw link.translated(e);
    }
  }

  /// Removes entries that the server took longer ago than this, by its own clock; returns how many
  /// are left.
  long removeOlder(byte[] key, Duration age) {
    try {
      long seconds = Long.parseLong(StreamInfo.text(link.ask(Verb.TIME).getFirst()));
      long millis = Math.max(0, seconds * 1_000 - age.toMillis());
      link.ask(Verb.XTRIM, key, "minid", new Position(millis, 0));
      return link.ask(Verb.XLEN, key).getFirst() instanceof Long left ? left : 0;
    } catch (ServerError e) {
      throw link.translated(e);
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private void sayAway(UnavailableException why, int waiting) {
    if (!away) {
      away = true;
      LOG.warn("{}; {} {} wait, retrying", why.getMessage(), waiting, what);
    }
  }

  private void sayBack() {
    if (away) {
      away = false;
      LOG.info("Redis is back; the {} that waited are appended", what);
    }
  }

  private static void rest(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while waiting for Redis", e);
    }
  }
}

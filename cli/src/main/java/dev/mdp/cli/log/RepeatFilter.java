package dev.mdp.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Passes the first few of equal messages in a while, then counts the rest and tells the count with
/// the first message of the next while, or at the end. Equal: same logger, level and template.
final class RepeatFilter extends AppenderBase<ILoggingEvent> {
  static final int PASSED = 3;
  static final Duration WHILE = Duration.ofSeconds(30);

  private static final int MAX_KEYS = 512;

  private final InstantSource clock;
  private final Appender<ILoggingEvent> next;
  private final Map<Key, Count> counts =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
          return size() > MAX_KEYS;
        }
      };

  RepeatFilter(InstantSource clock, Appender<ILoggingEvent> next) {
    this.clock = clock;
    this.next = next;
    setName("repeats");
  }

  /// Logback calls this one thread at a time.
  @Override
  protected void append(ILoggingEvent event) {
    Key key = new Key(event.getLoggerName(), event.getLevel(), event.getMessage());
    Count count = counts.computeIfAbsent(key, _ -> new Count(clock.instant()));
    if (!clock.instant().isBefore(count.since.plus(WHILE))) {
      tell(key, count, event);
      count.since = clock.instant();
      count.passed = 0;
    }
    if (count.passed < PASSED) {
      count.passed++;
      next.doAppend(event);
    } else {
      count.held++;
    }
  }

  @Override
  public synchronized void stop() {
    counts.forEach((key, count) -> tell(key, count, null));
    counts.clear();
    next.stop();
    super.stop();
  }

  private void tell(Key key, Count count, @org.jspecify.annotations.Nullable ILoggingEvent like) {
    if (count.held == 0) {
      return;
    }
    LoggingEvent told = new LoggingEvent();
    told.setLoggerName(key.logger);
    told.setLevel(key.level);
    told.setMessage("repeated " + count.held + " times more: " + key.message);
    told.setInstant(clock.instant());
    told.setMDCPropertyMap(like == null ? Map.of() : like.getMDCPropertyMap());
    count.held = 0;
    next.doAppend(told);
  }

  private record Key(String logger, Level level, String message) {}

  private static final class Count {
    private Instant since;
    private int passed;
    private long held;

    Count(Instant since) {
      this.since = since;
    }
  }
}

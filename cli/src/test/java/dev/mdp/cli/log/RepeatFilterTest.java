package dev.mdp.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
  private Instant now = Instant.EPOCH;
  private final ListAppender<ILoggingEvent> passed = new ListAppender<>();
  private final RepeatFilter filter = new RepeatFilter(() -> now, passed);

  @BeforeEach
  void start() {
    LoggerContext context = new LoggerContext();
    passed.setContext(context);
    passed.start();
    filter.setContext(context);
    filter.start();
  }

  @Test
  void equalMessagesPassThreeTimesAndAreThenCounted() {
    log("bus is away: {}", 10);
    now = now.plus(Duration.ofSeconds(30));
    log("bus is away: {}", 1);

    assertThat(messages())
        .containsExactly(
            "bus is away: {}",
            "bus is away: {}",
            "bus is away: {}",
            "repeated 7 times more: bus is away: {}",
            "bus is away: {}");
  }

  @Test
  void otherMessagesAreNotHeldBack() {
    log("a", 4);
    log("b", 1);

    assertThat(messages()).containsExactly("a", "a", "a", "b");
  }

  @Test
  void atTheEndWhatWasHeldIsTold() {
    log("a", 5);

    filter.stop();

    assertThat(messages()).endsWith("repeated 2 times more: a");
  }

  private List<String> messages() {
    return passed.list.stream().map(ILoggingEvent::getMessage).toList();
  }

  private void log(String message, int times) {
    for (int i = 0; i < times; i++) {
      LoggingEvent event = new LoggingEvent();
      event.setLoggerName("x");
      event.setLevel(Level.WARN);
      event.setMessage(message);
      event.setArgumentArray(new Object[] {i});
      event.setInstant(now);
      event.setMDCPropertyMap(Map.of());
      filter.doAppend(event);
    }
  }
}

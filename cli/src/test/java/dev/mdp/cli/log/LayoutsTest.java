package dev.mdp.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LayoutsTest {
  @Test
  void textIsOneLineWithRunAndWorkerAndKeyValues() {
    assertThat(format(new TextLayout(false), event("claimed\nit", null)))
        .isEqualTo(
            "2025-10-24T14:00:00.500Z WARN  MicroBatchWorker claimed\\nit run=7 worker=micro-batch shard=0 at=\"a b\"\n");
  }

  @Test
  void escapesInAMessageDoNotReachTheTerminal() {
    assertThat(format(new TextLayout(false), event("\u001b[2J", null))).doesNotContain("\u001b");
    assertThat(format(new TextLayout(true), event("x", null))).contains("\u001b[33mWARN ");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(format(new JsonLayout(), event("claimed", null)))
        .isEqualTo(
            "{\"time\":\"2025-10-24T14:00:00.500000Z\",\"level\":\"WARN\",\"logger\":\"MicroBatchWorker\","
                + "\"message\":\"claimed\",\"run\":\"7\",\"worker\":\"micro-batch\",\"shard\":\"0\",\"at\":\"a b\"}\n");
  }

  @Test
  void theJournalGetsAPriorityBeforeEveryLine() {
    String lines = format(new JournalLayout(), event("failed", new IllegalStateException("no")));

    assertThat(lines)
        .startsWith("<4>MicroBatchWorker failed run=7")
        .contains("IllegalStateException: no");
    assertThat(lines.lines()).hasSizeGreaterThan(2).allMatch(line -> line.startsWith("<4>"));
  }

  @Test
  void autoMeansTextOnATerminalTheJournalWhereItListensElseJson() {
    Map<String, String> journal = Map.of("JOURNAL_STREAM", "8:1");

    assertThat(LogFormat.AUTO.resolve(journal, true)).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.AUTO.resolve(journal, false)).isEqualTo(LogFormat.JOURNAL);
    assertThat(LogFormat.AUTO.resolve(Map.of(), false)).isEqualTo(LogFormat.JSON);
    assertThat(LogFormat.TEXT.resolve(journal, false)).isEqualTo(LogFormat.TEXT);
  }

  private static String format(LayoutBase<ILoggingEvent> layout, ILoggingEvent event) {
    layout.setContext(new LoggerContext());
    layout.start();
    return layout.doLayout(event);
  }

  private static LoggingEvent event(
      String message, @org.jspecify.annotations.Nullable Throwable error) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName("dev.mdp.pipeline.MicroBatchWorker");
    event.setLevel(Level.WARN);
    event.setMessage(message);
    event.setInstant(Instant.parse("2025-10-24T14:00:00.500Z"));
    event.setMDCPropertyMap(Map.of("worker", "micro-batch", "run", "7"));
    event.setKeyValuePairs(List.of(new KeyValuePair("shard", 0), new KeyValuePair("at", "a b")));
    if (error != null) {
      event.setThrowableProxy(new ThrowableProxy(error));
    }
    return event;
  }
}

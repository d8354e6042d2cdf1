package dev.mdp.bus.redis;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.StoredDeadLetter;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.BusMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends dead letters to `<topic>.dlq`, a stream field for each of their parts, and removes those
/// that are older than the retention: no group reads them, so nothing else would.
final class RedisDeadLetters implements DeadLetterPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(RedisDeadLetters.class);
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final StreamAppender appender;
  private final byte[] key;
  private final String topic;
  private final int batchSize;
  private final Duration retention;
  private final BusMetrics metrics;
  private long nextLook = System.nanoTime();
  private boolean saidThatTheyStay;

  RedisDeadLetters(
      StreamAppender appender,
      byte[] key,
      String topic,
      int batchSize,
      Duration retention,
      BusMetrics metrics) {
    this.appender = appender;
    this.key = key;
    this.topic = topic;
    this.batchSize = batchSize;
    this.retention = retention;
    this.metrics = metrics;
  }

  @Override
  public void publish(List<DeadLetter> letters) {
    for (int from = 0; from < letters.size(); from += batchSize) {
      List<DeadLetter> batch = letters.subList(from, Math.min(letters.size(), from + batchSize));
      List<StreamAppender.Entry> entries = new ArrayList<>(batch.size());
      batch.forEach(letter -> entries.add(entry(letter)));
      appender.append(entries);
      batch.forEach(letter -> metrics.deadLetters(letter.topic(), letter.reason(), 1));
    }
  }

  @Override
  public void removeExpired() {
    if (System.nanoTime() - nextLook < 0) {
      return;
    }
    nextLook = System.nanoTime() + EVERY_NANOS;
    try {
      metrics.deadLettersStored(topic, appender.removeOlder(key, retention));
    } catch (UnavailableException e) {
      LOG.debug("old dead letters stay until the next look", e);
    } catch (MdpException e) {
      if (!saidThatTheyStay) {
        saidThatTheyStay = true;
        LOG.warn("dead letters older than {} stay in Redis: {}", retention, e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    appender.close();
  }

  private StreamAppender.Entry entry(DeadLetter letter) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(RedisPublisher.DATA);
    parts.add(letter.data());
    StoredDeadLetter.fields(letter).forEach((name, value) -> add(parts, name, value));
    return new StreamAppender.Entry(key, parts.toArray(byte[][]::new));
  }

  private static void add(List<byte[]> parts, String name, String value) {
    parts.add(name.getBytes(StandardCharsets.UTF_8));
    parts.add(value.getBytes(StandardCharsets.UTF_8));
  }
}

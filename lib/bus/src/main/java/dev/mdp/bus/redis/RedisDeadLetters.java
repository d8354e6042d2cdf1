package dev.mdp.bus.redis;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.event.Micros;
import dev.mdp.core.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Appends dead letters to `<topic>.dlq`, a stream field for each of their parts.
final class RedisDeadLetters implements DeadLetterPublisher {
  private final StreamAppender appender;
  private final byte[] key;
  private final int batchSize;
  private final Metrics metrics;

  RedisDeadLetters(StreamAppender appender, byte[] key, int batchSize, Metrics metrics) {
    this.appender = appender;
    this.key = key;
    this.batchSize = batchSize;
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
  public void close() {
    appender.close();
  }

  private StreamAppender.Entry entry(DeadLetter letter) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(RedisPublisher.DATA);
    parts.add(letter.data());
    add(parts, "group", letter.group());
    add(parts, "reason", letter.reason());
    add(parts, "intervals", String.join(",", letter.intervals()));
    add(parts, "topic", letter.topic());
    add(parts, "shard", Integer.toString(letter.shard()));
    add(parts, "position", letter.position().toString());
    add(parts, "at", Micros.format(letter.atMicros()));
    add(parts, "detail", letter.detail());
    add(parts, "provider", letter.provider());
    if (letter.lateMillis() != DeadLetter.NOT_LATE) {
      add(parts, "late_ms", Long.toString(letter.lateMillis()));
    }
    return new StreamAppender.Entry(key, parts.toArray(byte[][]::new));
  }

  private static void add(List<byte[]> parts, String name, String value) {
    parts.add(name.getBytes(StandardCharsets.UTF_8));
    parts.add(value.getBytes(StandardCharsets.UTF_8));
  }
}

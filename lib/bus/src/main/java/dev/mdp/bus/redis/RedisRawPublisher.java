package dev.mdp.bus.redis;

import dev.mdp.core.bus.RawPublisher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Appends payloads to the streams of a topic.
final class RedisRawPublisher implements RawPublisher {
  private final StreamAppender appender;
  private final List<byte[]> keys;
  private final int batchSize;

  RedisRawPublisher(StreamAppender appender, List<byte[]> keys, int batchSize) {
    this.appender = appender;
    this.keys = keys;
    this.batchSize = batchSize;
  }

  @Override
  public void publish(int shard, List<byte[]> payloads) {
    for (int from = 0; from < payloads.size(); from += batchSize) {
      List<StreamAppender.Entry> batch = new ArrayList<>();
      payloads
          .subList(from, Math.min(payloads.size(), from + batchSize))
          .forEach(payload ->
              batch.add(new StreamAppender.Entry(keys.get(shard), RedisPublisher.DATA, payload)));
      appender.append(batch);
    }
  }

  @Override
  public void trim(int shard, Instant appendedBefore) {
    appender.trim(keys.get(shard), appendedBefore);
  }

  @Override
  public void close() {
    appender.close();
  }
}

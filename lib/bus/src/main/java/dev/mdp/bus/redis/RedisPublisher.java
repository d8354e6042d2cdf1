package dev.mdp.bus.redis;

import dev.mdp.bus.ShardRouter;
import dev.mdp.bus.codec.EventCodec;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.metrics.BusMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Appends events to the streams of a topic.
final class RedisPublisher implements Publisher {
  static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

  private final StreamAppender appender;
  private final EventCodec codec = new EventCodec();
  private final ShardRouter router;
  private final List<byte[]> keys;
  private final String topic;
  private final int batchSize;
  private final BusMetrics metrics;
  private final Map<String, Long> counts = new HashMap<>();

  RedisPublisher(
      StreamAppender appender, List<byte[]> keys, String topic, int batchSize, BusMetrics metrics) {
    this.appender = appender;
    this.router = new ShardRouter(keys.size());
    this.keys = keys;
    this.topic = topic;
    this.batchSize = batchSize;
    this.metrics = metrics;
  }

  @Override
  public void publish(List<? extends MarketEvent> events) {
    List<StreamAppender.Entry> batch = new ArrayList<>(Math.min(batchSize, events.size()) + 1);
    for (MarketEvent event : events) {
      byte[] data = codec.encode(event);
      if (event instanceof LaneEnd) {
        flush(batch);
        keys.forEach(key -> batch.add(new StreamAppender.Entry(key, DATA, data)));
        count(event);
        flush(batch);
      } else {
        batch.add(new StreamAppender.Entry(keys.get(router.shardOf(event)), DATA, data));
        count(event);
        if (batch.size() >= batchSize) {
          flush(batch);
        }
      }
    }
    flush(batch);
  }

  @Override
  public void close() {
    appender.close();
  }

  private void count(MarketEvent event) {
    counts.merge(event.provider(), 1L, Long::sum);
  }

  private void flush(List<StreamAppender.Entry> batch) {
    try {
      appender.append(batch);
      counts.forEach((provider, events) -> metrics.eventsIngested(topic, provider, events));
    } finally {
      counts.clear();
      batch.clear();
    }
  }
}

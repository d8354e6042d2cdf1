package dev.mdp.bus.kafka;

import dev.mdp.bus.ShardRouter;
import dev.mdp.bus.codec.EventCodec;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.BusMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Appends events to the partitions of a topic, with the key `provider|symbol`.
final class KafkaPublisher implements Publisher {
  private static final int MOST_AT_ONCE = 10_000;

  private final RecordAppender appender;
  private final EventCodec codec = new EventCodec();
  private final ShardRouter router;
  private final String topic;
  private final int shards;
  private final BusMetrics metrics;
  private final Map<String, Long> counts = new HashMap<>();

  KafkaPublisher(RecordAppender appender, String topic, int shards, BusMetrics metrics) {
    this.appender = appender;
    this.router = new ShardRouter(shards);
    this.topic = topic;
    this.shards = shards;
    this.metrics = metrics;
  }

  @Override
  public void publish(List<? extends MarketEvent> events) {
    List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (MarketEvent event : events) {
      byte[] data = codec.encode(event);
      counts.merge(event.provider(), 1L, Long::sum);
      if (event instanceof LaneEnd) {
        flush(batch);
        for (int shard = 0; shard < shards; shard++) {
          batch.add(new ProducerRecord<>(topic, shard, null, data));
        }
        flush(batch);
      } else {
        batch.add(new ProducerRecord<>(topic, router.shardOf(event), key(event), data));
        if (batch.size() == MOST_AT_ONCE) {
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

  private void flush(List<ProducerRecord<byte[], byte[]>> batch) {
    try {
      appender.append(batch);
      counts.forEach((provider, events) -> metrics.eventsIngested(topic, provider, events));
    } finally {
      counts.clear();
      batch.clear();
    }
  }

  private static byte @Nullable [] key(MarketEvent event) {
    String text =
        switch (event) {
          case Tick tick -> tick.provider() + '|' + tick.symbol();
          case BarEvent bar -> bar.bar().provider() + '|' + bar.bar().symbol();
          case LaneEnd _ -> null;
        };
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.mdp.bus.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which stream holds which shard of a topic: `<topic>` when it has one shard, else `<topic>.0` ….
record StreamNames(String eventsTopic, int eventsShards) {
  private static final String DEAD_LETTERS = ".dlq";

  int shards(String topic) {
    return topic.equals(eventsTopic) ? eventsShards : 1;
  }

  String name(String topic, int shard) {
    int shards = shards(topic);
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException(
          topic + " has " + shards + " shards; unknown shard " + shard);
    }
    return shards == 1 ? topic : topic + '.' + shard;
  }

  /// Streams that the topic would have with another number of shards: the one of a single shard, or
  /// the first one that is too many.
  List<String> ofOtherNumbers(String topic) {
    int shards = shards(topic);
    return shards == 1 ? List.of(topic + ".0") : List.of(topic, topic + '.' + shards);
  }

  byte[] key(String topic, int shard) {
    return name(topic, shard).getBytes(StandardCharsets.UTF_8);
  }

  static String deadLetters(String topic) {
    return topic + DEAD_LETTERS;
  }
}

package dev.mdp.bus.redis;

import java.nio.charset.StandardCharsets;

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
          topic + " has " + shards + " shards, there is no shard " + shard);
    }
    return shards == 1 ? topic : topic + '.' + shard;
  }

  byte[] key(String topic, int shard) {
    return name(topic, shard).getBytes(StandardCharsets.UTF_8);
  }

  static String deadLetters(String topic) {
    return topic + DEAD_LETTERS;
  }
}

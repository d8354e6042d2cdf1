package dev.mdp.bus.kafka;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/// What the operator may not set, with the reason: it would be overruled without a word.
final class FixedProperties {
  private static final String BY_MEMORY = "the memory for all shards is shared out";
  private static final String BOUNDED = "how long an answer may take is bounded already";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry(
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "a lost log must be reported, not skipped"),
          Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "offsets are committed after COMMIT"),
          Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "it is read_committed"),
          Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "the group is bus.kafka.consumer_group"),
          Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "it is what the brokers speak"),
          Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "a member's is its consumer's name"),
          Map.entry(
              ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "the workers ask for what they can take"),
          Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BY_MEMORY),
          Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, BY_MEMORY),
          Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "the workers say how long they wait"),
          Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "topics are made on request"),
          Map.entry(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, BOUNDED),
          Map.entry(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, BOUNDED),
          Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, BOUNDED),
          Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, BOUNDED),
          Map.entry(ProducerConfig.ACKS_CONFIG, "it is all"),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "it is true"),
          Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, "the shard is murmur2 of the key"),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "entries are bytes"),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "entries are bytes"),
          Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "entries are bytes"),
          Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "entries are bytes"),
          Map.entry(
              CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
              "the address is bus.kafka.bootstrap_servers"));

  private FixedProperties() {}

  /// Null when the operator may set this property.
  static @Nullable String reason(String name) {
    return REASONS.get(name);
  }
}

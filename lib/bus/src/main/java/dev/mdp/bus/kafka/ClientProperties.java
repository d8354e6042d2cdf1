package dev.mdp.bus.kafka;

import dev.mdp.core.error.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/// The settings of the clients: the operator's own, then what exactness rests on.
final class ClientProperties {
  private static final Set<String> CONSUMER = ConsumerConfig.configNames();
  private static final Set<String> PRODUCER = ProducerConfig.configNames();
  private static final List<ConfigDef> CONFIGS =
      List.of(
          ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef());
  private static final int FETCH_BYTES = 4 * 1024 * 1024;
  private static final int BATCH_BYTES = 256 * 1024;

  private final KafkaSettings settings;

  ClientProperties(KafkaSettings settings) {
    this.settings = settings;
  }

  static void requireAllowed(Map<String, String> properties) {
    properties.forEach((name, value) -> {
      String reason = FixedProperties.reason(name);
      if (reason != null) {
        throw new ConfigException("bus.kafka.properties." + name + ": cannot be set: " + reason);
      }
      if (!CONSUMER.contains(name) && !PRODUCER.contains(name)) {
        throw new ConfigException(
            "bus.kafka.properties." + name + ": no setting of a Kafka client has this name");
      }
      CONFIGS.forEach(config -> requireUsable(config, name, value));
    });
  }

  /// As the clients themselves will judge it: before anything is computed from it.
  private static void requireUsable(ConfigDef config, String name, String value) {
    ConfigDef.ConfigKey key = config.configKeys().get(name);
    if (key == null) {
      return;
    }
    try {
      Object parsed = ConfigDef.parseType(name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(name, parsed);
      }
    } catch (org.apache.kafka.common.config.ConfigException e) {
      throw KafkaErrors.refusedSetting(String.valueOf(e.getMessage()));
    }
  }

  /// For a publisher.
  Map<String, Object> producer() {
    int publish = millis(settings.publishRetry().toMillis());
    int request = Math.min(millis(settings.requestTimeout().toMillis()), publish);
    Map<String, Object> map = new HashMap<>();
    map.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    map.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    map.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    map.putAll(own(PRODUCER));
    map.put(ProducerConfig.ACKS_CONFIG, "all");
    map.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, publish);
    map.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, request);
    map.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.max(publish, request + lingerOf(map)));
    map.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    map.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return map;
  }

  /// For a reader by position, without a group.
  ///
  /// @param maxRecords how many records one poll may bring
  /// @param maxBytes about how much one fetch may bring
  /// @param maxWaitMillis how long a broker may hold a fetch that finds nothing
  Map<String, Object> reader(int maxRecords, int maxBytes, int maxWaitMillis) {
    Map<String, Object> map = consumer(maxRecords);
    map.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, maxBytes);
    map.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, maxBytes);
    map.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, maxWaitMillis);
    return map;
  }

  /// For a member of a group.
  ///
  /// @param protocol `consumer` or `classic`
  Map<String, Object> member(String group, String client, String protocol, int maxRecords) {
    Map<String, Object> map = consumer(maxRecords);
    map.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    map.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
    map.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
    if (protocol.equals("classic")) {
      map.putIfAbsent(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    }
    return map;
  }

  /// For questions.
  Map<String, Object> admin() {
    Map<String, Object> map = new HashMap<>();
    map.putAll(own(AdminClientConfig.configNames()));
    int request = millis(settings.requestTimeout().toMillis());
    map.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, request);
    map.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, request);
    return map;
  }

  private Map<String, Object> consumer(int maxRecords) {
    int request = millis(settings.requestTimeout().toMillis());
    Map<String, Object> map = new HashMap<>();
    map.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    map.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    map.putAll(own(CONSUMER));
    map.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    map.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    map.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    map.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    map.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
    map.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, request);
    map.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, request);
    map.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class);
    map.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class);
    return map;
  }

  /// The operator's settings that this kind of client knows; a setting of another kind would only
  /// be warned about.
  private Map<String, Object> own(Set<String> known) {
    Map<String, Object> own = new HashMap<>();
    settings
        .properties()
        .forEach((name, value) -> {
          if (known.contains(name)) {
            own.put(name, value);
          }
        });
    own.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return own;
  }

  private static int lingerOf(Map<String, Object> map) {
    String linger = String.valueOf(map.get(ProducerConfig.LINGER_MS_CONFIG));
    return millis(Long.parseLong(linger.strip()));
  }

  private static int millis(long millis) {
    return (int) Math.clamp(millis, 1, Integer.MAX_VALUE / 2);
  }
}

package dev.mdp.bus.kafka;

import dev.mdp.core.error.ConfigException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What must hold of the events topic before anything is read from it or written to it.
/// Thread-safe.
final class TopicCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
  private static final String CREATE = "; mdp stream topics create makes it";

  private final KafkaClients clients;
  private final Admin admin;
  private final TopicLooks looks;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  TopicCheck(KafkaClients clients, Admin admin) {
    this.clients = clients;
    this.admin = admin;
    this.looks = new TopicLooks(clients, admin);
  }

  /// The topic as the cluster has it now; null when there is none.
  @Nullable TopicDescription describe(String topic) {
    return looks.fresh(topic);
  }

  /// The topic's id: another one means that it was deleted and created again.
  @Nullable Uuid id(String topic) {
    return id(looks.shared(topic));
  }

  /// The topic's id as [TopicLooks#recent] has it: all shards of a process ask at each commit. An
  /// answer that is too old is found out with the next commit.
  @Nullable Uuid recentId(String topic) {
    return id(looks.recent(topic));
  }

  /// The same of a topic that must be there. Throws [dev.mdp.core.error.UnavailableException] when
  /// it is not: a broker that has just started may not know its topics yet, and that says nothing
  /// about what is in the log.
  Uuid requireRecentId(String topic) {
    return required(topic, recentId(topic));
  }

  /// As [#id], of a topic that must be there.
  Uuid requireId(String topic) {
    return required(topic, id(topic));
  }

  private Uuid required(String topic, @Nullable Uuid id) {
    if (id == null) {
      throw new dev.mdp.core.error.UnavailableException(
          "Kafka at " + clients.settings().bootstrapServers() + " has no topic " + topic + " now");
    }
    return id;
  }

  private static @Nullable Uuid id(@Nullable TopicDescription described) {
    return described == null ? null : described.topicId();
  }

  /// Throws [ConfigException] when the topic is missing, has another number of partitions, or does
  /// not stamp and keep its entries as exactness needs it.
  void require(String topic, int partitions) {
    TopicDescription described = describe(topic);
    if (described == null) {
      throw new ConfigException(
          "Kafka at " + clients.settings().bootstrapServers() + " has no topic " + topic + CREATE);
    }
    requirePartitions(topic, partitions, described.partitions().size());
    if (topic.equals(clients.settings().eventsTopic())) {
      requireSettings(topic, settings(topic));
    }
  }

  static void requirePartitions(String topic, int configured, int found) {
    if (found != configured) {
      throw new ConfigException(
          "topic %s has %d partitions, bus.kafka.partitions says %d: an event's shard is its key's hash modulo that number, so a changed number would split a symbol's ticks over two owners. Set partitions to %d if it was never another; else drain the topic, create another one and move there"
              .formatted(topic, found, configured, found));
    }
  }

  private void requireSettings(String topic, Map<String, String> config) {
    String stamp = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    if (!"LogAppendTime".equals(stamp)) {
      throw new ConfigException(
          "topic %s has message.timestamp.type=%s: what is late is decided by the brokers' clock, not by the producers'. Set it: kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config message.timestamp.type=LogAppendTime"
              .formatted(topic, stamp, topic));
    }
    String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!"delete".equals(cleanup)) {
      throw new ConfigException(
          "topic %s has cleanup.policy=%s: compaction removes events from the middle of the log. Set it to delete"
              .formatted(topic, cleanup));
    }
    warnOfShortRetention(topic, config);
  }

  /// The brokers delete by themselves, also what no group has read yet. Said once a process.
  private void warnOfShortRetention(String topic, Map<String, String> config) {
    String millis = config.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "");
    long wanted = clients.settings().retention().toMillis();
    boolean isShorter = millis.matches("[0-9]{1,18}") && Long.parseLong(millis) < wanted;
    if (isShorter && warned.add(topic)) {
      LOG.warn(
          "topic {} has retention.ms={}, bus.kafka.retention says {} ms: entries that a group has not read by then are lost."
              + " Raise it: kafka-configs.sh --alter --entity-type topics --entity-name {} --add-config retention.ms={}",
          topic,
          millis,
          wanted,
          topic,
          wanted);
    }
  }

  private Map<String, String> settings(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> map = new TreeMap<>();
    clients.answer(admin.describeConfigs(List.of(resource)).all()).values().stream()
        .map(Config::entries)
        .flatMap(Collection::stream)
        .forEach(entry -> map.put(entry.name(), String.valueOf(entry.value())));
    return map;
  }
}

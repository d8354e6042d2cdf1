package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Secret;
import dev.mdp.config.read.SecretScalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// `bus.kafka`.
///
/// @param bootstrapServers `host:port`, several separated by commas
/// @param retention how long the brokers keep entries of the topics that mdp creates
/// @param properties further settings of the client, as Kafka names them
public record KafkaConfig(
    Secret bootstrapServers,
    String topic,
    String signalsTopic,
    String consumerGroup,
    int partitions,
    Interval retention,
    SortedMap<String, Secret> properties)
    implements BusConfig {
  private static final Pattern SERVER =
      Pattern.compile("[^\\s,:/@]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+]:[0-9]{1,5}");

  public KafkaConfig {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  static KafkaConfig read(Section section) {
    section.retired("shards", "Kafka's number of shards is 'partitions'");
    Scalars values = section.scalars();
    SecretScalars secrets = section.secrets();
    return new KafkaConfig(
        secrets.url(
            "bootstrap_servers", "localhost:9092", "KAFKA_BOOTSTRAP", KafkaConfig::checkServers),
        values.parsed("topic", "mdp.events", text -> Names.require("topic", text)),
        values.parsed("signals_topic", "mdp.signals", text -> Names.require("topic", text)),
        values.parsed("consumer_group", "mdp-consumers", text -> Names.require("group name", text)),
        values.integer("partitions", 8, 1, Shards.MAX),
        section.times().interval("retention", Interval.parseLength("7d")),
        properties(section.section("properties")));
  }

  @Override
  public int shards() {
    return partitions;
  }

  /// The topic: its partition has the shard's number.
  @Override
  public String log(int shard) {
    return topic;
  }

  private static SortedMap<String, Secret> properties(Section section) {
    SortedMap<String, Secret> properties = new TreeMap<>();
    for (String name : section.names()) {
      properties.put(name, section.secrets().property(name));
    }
    return properties;
  }

  private static String checkServers(String servers) {
    for (String server : servers.split(",", -1)) {
      if (!SERVER.matcher(server.strip()).matches()) {
        throw new IllegalArgumentException(
            "want host:port, several separated by commas, e.g. localhost:9092");
      }
    }
    return servers;
  }
}

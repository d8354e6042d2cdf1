package dev.mdp.bus.kafka;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Topics;
import dev.mdp.core.metrics.BusMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;

/// The bus on Kafka: a shard of a topic is a partition, an event is a record's value, its key is
/// `provider|symbol`. Construction does not wait for the cluster; what is opened does, and throws
/// [dev.mdp.core.error.UnavailableException] when it is not there, or
/// [dev.mdp.core.error.ConfigException] when it refuses the password or a topic is not as it has to
/// be.
public final class KafkaBus implements EventBus {
  private static final String GROUP_VERSION = "group.version";

  private final KafkaClients clients;
  private final BusMetrics metrics;
  private final Admin admin;
  private final KafkaLog log;
  private final TopicCheck check;
  private final Mirrors mirrors;
  private final KafkaInspector inspector;
  private final KafkaTopics topics;
  private final AtomicReference<String> protocol = new AtomicReference<>("");

  public KafkaBus(KafkaSettings settings, BusMetrics metrics) {
    this.clients = new KafkaClients(settings);
    this.metrics = metrics;
    this.admin = clients.admin();
    this.log = new KafkaLog(clients);
    this.check = new TopicCheck(clients, admin);
    this.mirrors = new Mirrors(clients, admin);
    this.inspector = new KafkaInspector(clients, admin, log, check);
    this.topics = new KafkaTopics(clients, admin, check);
  }

  @Override
  public int shards() {
    return clients.settings().partitions();
  }

  @Override
  public Publisher openPublisher(String topic) {
    require(topic);
    RecordAppender appender = new RecordAppender(clients, "events for " + topic);
    return new KafkaPublisher(appender, topic, clients.settings().shards(topic), metrics);
  }

  @Override
  public DeadLetterPublisher openDeadLetters(String topic) {
    String letters = KafkaTopics.deadLetters(topic);
    require(letters);
    return new KafkaDeadLetters(
        new RecordAppender(clients, "dead letters for " + letters), letters, metrics);
  }

  @Override
  public RawPublisher openRaw(String topic) {
    require(topic);
    return new KafkaRawPublisher(new RecordAppender(clients, "entries for " + topic), topic);
  }

  @Override
  public ShardSubscription openShard(String topic, int shard) {
    require(topic);
    return new KafkaShard(
        clients,
        log,
        check,
        mirrors,
        KafkaLog.partition(topic, shard),
        new DeliveryDecoder(clients.settings().shards(topic), metrics),
        new ReadPace(clients.settings().linger()));
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    require(topic);
    int shards = clients.settings().shards(topic);
    return new KafkaGroup(
        clients,
        log,
        check,
        clients.member(group, consumer, groupProtocol(), PartitionReader.MAX_RECORDS),
        topic,
        shards,
        new DeliveryDecoder(shards, metrics),
        new ReadPace(clients.settings().linger()));
  }

  @Override
  public Optional<ShardAssignment> openAssignment(String topic, String group, String member) {
    require(topic);
    String spoken = groupProtocol();
    return Optional.of(
        new GroupAssignment(
            clients,
            mirrors,
            group,
            topic,
            clients.settings().shards(topic),
            () -> clients.member(group, member, spoken, 1)));
  }

  @Override
  public BusInspector inspector() {
    return inspector;
  }

  @Override
  public Topics topics() {
    return topics;
  }

  @Override
  public void ping() {
    clients.answer(admin.describeCluster().clusterId());
  }

  @Override
  public void close() {
    log.close();
    admin.close(Duration.ofSeconds(2));
  }

  private void require(String topic) {
    check.require(topic, clients.settings().shards(topic));
  }

  /// `consumer` where the brokers assign (from Kafka 4.0 on), else `classic`.
  private String groupProtocol() {
    if (protocol.get().isEmpty()) {
      var features = clients.answer(admin.describeFeatures().featureMetadata()).finalizedFeatures();
      var version = features.get(GROUP_VERSION);
      protocol.set(version != null && version.maxVersionLevel() >= 1 ? "consumer" : "classic");
    }
    return protocol.get();
  }
}

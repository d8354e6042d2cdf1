package dev.mdp.bus.redis;

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
import dev.mdp.core.error.MdpException;
import dev.mdp.core.metrics.BusMetrics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The bus on Redis Streams: a shard of a topic is a stream, an event is an entry with the field
/// `data`. Construction does not connect; what is opened does, each with its own connection, and
/// throws [dev.mdp.core.error.UnavailableException] when the server is not there or
/// [dev.mdp.core.error.ConfigException] when it refuses the password.
public final class RedisBus implements EventBus {
  private final RedisSettings settings;
  private final BusMetrics metrics;
  private final StreamNames names;
  private final RedisConnector connector;
  private final RedisInspector inspector;

  public RedisBus(RedisSettings settings, BusMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.names = new StreamNames(settings.eventsTopic(), settings.shards());
    this.connector = new RedisConnector(settings);
    this.inspector =
        new RedisInspector(link(), names, new EntryDecoder(settings.shards(), BusMetrics.NONE));
  }

  @Override
  public int shards() {
    return settings.shards();
  }

  @Override
  public Publisher openPublisher(String topic) {
    RedisLink link = link();
    StreamAppender appender =
        new StreamAppender(link, "events for " + topic, settings.publishRetry());
    try {
      new ShardNumber(link, names, topic).requireSame();
    } catch (ServerError e) {
      appender.close();
      throw link.translated(e);
    } catch (MdpException e) {
      appender.close();
      throw e;
    }
    return new RedisPublisher(appender, keys(topic), topic, settings.publishBatch(), metrics);
  }

  @Override
  public DeadLetterPublisher openDeadLetters(String topic) {
    String stream = StreamNames.deadLetters(topic);
    StreamAppender appender =
        new StreamAppender(link(), "dead letters for " + stream, settings.publishRetry());
    return new RedisDeadLetters(
        appender,
        names.key(stream, 0),
        topic,
        settings.publishBatch(),
        settings.deadLetterRetention(),
        metrics);
  }

  @Override
  public RawPublisher openRaw(String topic) {
    StreamAppender appender =
        new StreamAppender(link(), "entries for " + topic, settings.publishRetry());
    return new RedisRawPublisher(appender, keys(topic), settings.publishBatch());
  }

  @Override
  public ShardSubscription openShard(String topic, int shard) {
    RedisLink link = link();
    return new RedisShard(
        link,
        new EntryDecoder(names.shards(topic), metrics),
        names.key(topic, shard),
        shard,
        new ShardNumber(link, names, topic),
        new ReadPace(settings.linger()));
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    RedisLink link = link();
    return new RedisGroup(
        link,
        new GroupMember(link, keys(topic), group, consumer),
        new ShardNumber(link, names, topic),
        new EntryDecoder(names.shards(topic), metrics),
        new ReadPace(settings.linger()));
  }

  /// Empty: a stream has no owners, leases decide.
  @Override
  public Optional<ShardAssignment> openAssignment(String topic, String group, String member) {
    return Optional.empty();
  }

  @Override
  public BusInspector inspector() {
    return inspector;
  }

  /// A stream comes into being with its first entry.
  @Override
  public Topics topics() {
    return Topics.NONE;
  }

  @Override
  public void ping() {
    inspector.ping();
  }

  @Override
  public void close() {
    inspector.close();
    connector.close();
  }

  private List<byte[]> keys(String topic) {
    return IntStream.range(0, names.shards(topic))
        .mapToObj(shard -> names.key(topic, shard))
        .toList();
  }

  private RedisLink link() {
    return new RedisLink(connector, settings.commandTimeout());
  }
}

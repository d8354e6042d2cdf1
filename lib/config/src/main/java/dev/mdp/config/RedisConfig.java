package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Secret;
import dev.mdp.config.read.SecretScalars;
import dev.mdp.config.read.Section;
import dev.mdp.config.read.TimeScalars;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `bus.redis`.
///
/// @param retention how long entries stay at least, however far the groups have come
/// @param deadLetterRetention how long dead letters stay
/// @param tlsCa a file of PEM certificates that vouch for a server behind `rediss://`, where the
///   JVM's own do not
public record RedisConfig(
    Secret uri,
    String stream,
    String signalsStream,
    String consumerGroup,
    int shards,
    Interval retention,
    Interval deadLetterRetention,
    Optional<Path> tlsCa)
    implements BusConfig {
  private static final List<String> SCHEMES =
      List.of(
          "redis://", "rediss://", "redis-sentinel://", "rediss-sentinel://", "redis-socket://");

  static RedisConfig read(Section section) {
    section.retired("url", "the address is 'uri'").retired("host", "write it into 'uri'");
    Scalars values = section.scalars();
    SecretScalars secrets = section.secrets();
    TimeScalars times = section.times();
    return new RedisConfig(
        secrets.url("uri", "redis://localhost:6379/0", "REDIS_URI", RedisConfig::checkUri),
        values.parsed("stream", "mdp.events", text -> Names.require("stream name", text)),
        values.parsed("signals_stream", "mdp.signals", text -> Names.require("stream name", text)),
        values.parsed("consumer_group", "mdp-consumers", text -> Names.require("group name", text)),
        values.integer("shards", 1, 1, Shards.MAX),
        times.interval("retention", Interval.parse("24h")),
        times.interval("dead_letter_retention", Interval.parseLength("14d")),
        values.optional("tls_ca", Path::of));
  }

  @Override
  public String topic() {
    return stream;
  }

  @Override
  public String signalsTopic() {
    return signalsStream;
  }

  @Override
  public String log(int shard) {
    return shards == 1 ? stream : stream + "." + shard;
  }

  private static String checkUri(String uri) {
    if (SCHEMES.stream().noneMatch(uri::startsWith)) {
      throw new IllegalArgumentException(
          "must begin with redis:// or rediss://, e.g. redis://localhost:6379/0");
    }
    return uri;
  }
}

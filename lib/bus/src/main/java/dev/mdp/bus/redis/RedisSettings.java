package dev.mdp.bus.redis;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How to use a Redis server as the bus.
///
/// @param uri `redis://[user[:password]@]host[:port][/database]`, or `rediss://` for TLS; the
///   password may be percent-encoded
/// @param eventsTopic the topic that has `shards` shards; every other topic has one
/// @param deadLetterRetention how long dead letters are kept
/// @param connectTimeout how long one attempt to connect may take
/// @param commandTimeout how long a reply may take, on top of the time a read is asked to wait
/// @param publishRetry how long a publisher retries before it gives up and throws
/// @param publishBatch how many entries are appended together, all or none
/// @param linger how long after its last read a subscription waits at most before it asks again, so
///   that entries gather; less where they come faster. Bounds the cost of a slow stream and the
///   latency it adds
/// @param tlsCa a file of PEM certificates that vouch for the server; empty for those that this JVM
///   knows
public record RedisSettings(
    String uri,
    String eventsTopic,
    int shards,
    Duration deadLetterRetention,
    Duration connectTimeout,
    Duration commandTimeout,
    Duration publishRetry,
    int publishBatch,
    Duration linger,
    Optional<Path> tlsCa) {

  public RedisSettings {
    RedisAddress.parse(uri);
    if (eventsTopic.isBlank()) {
      throw new ConfigException("bus.redis.stream: must not be empty");
    }
    if (shards < 1 || shards > Shards.MAX) {
      throw new ConfigException("bus.redis.shards: must be 1 to " + Shards.MAX + ", was " + shards);
    }
    if (publishBatch < 1 || publishBatch > 10_000) {
      throw new ConfigException("publishBatch: must be 1 to 10000, was " + publishBatch);
    }
    tlsCa
        .filter(file -> !Files.isReadable(file))
        .ifPresent(file -> {
          throw new ConfigException(
              "bus.redis.tls_ca: cannot read " + file + "; it must be a file of PEM certificates");
        });
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("commandTimeout", commandTimeout);
    if (publishRetry.isNegative() || linger.isNegative()) {
      throw new ConfigException(
          "publishRetry and linger: must not be negative, were " + publishRetry + ", " + linger);
    }
  }

  /// The usual times and sizes; dead letters are kept for two weeks.
  public static RedisSettings of(String uri, String eventsTopic, int shards) {
    return new RedisSettings(
        uri,
        eventsTopic,
        shards,
        Duration.ofDays(14),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        500,
        Duration.ofMillis(20),
        Optional.empty());
  }

  public RedisSettings withPublishRetry(Duration retry) {
    return new RedisSettings(
        uri,
        eventsTopic,
        shards,
        deadLetterRetention,
        connectTimeout,
        commandTimeout,
        retry,
        publishBatch,
        linger,
        tlsCa);
  }

  public RedisSettings withDeadLetterRetention(Duration length) {
    return new RedisSettings(
        uri,
        eventsTopic,
        shards,
        length,
        connectTimeout,
        commandTimeout,
        publishRetry,
        publishBatch,
        linger,
        tlsCa);
  }

  public RedisSettings withTlsCa(Optional<Path> file) {
    return new RedisSettings(
        uri,
        eventsTopic,
        shards,
        deadLetterRetention,
        connectTimeout,
        commandTimeout,
        publishRetry,
        publishBatch,
        linger,
        file);
  }

  /// Without the password.
  @Override
  public String toString() {
    return "RedisSettings[%s, topic %s, %d shards]"
        .formatted(RedisAddress.parse(uri), eventsTopic, shards);
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new ConfigException(what + ": must be positive, was " + duration);
    }
  }
}

package dev.mdp.bus.redis;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ConfigException;
import java.time.Duration;

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
public record RedisSettings(
    String uri,
    String eventsTopic,
    int shards,
    Duration deadLetterRetention,
    Duration connectTimeout,
    Duration commandTimeout,
    Duration publishRetry,
    int publishBatch,
    Duration linger) {

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
        Duration.ofMillis(20));
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
        linger);
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
        linger);
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

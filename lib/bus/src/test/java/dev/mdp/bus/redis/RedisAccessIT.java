package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.redis.EmbeddedRedis;
import dev.mdp.testkit.bus.BusEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Servers that are not there, want a password, or are set up badly.
class RedisAccessIT {
  private static final String PASSWORD = "p@ss/w:r#d";

  @Test
  void constructionDoesNotConnectAndAMissingServerIsToldInOneLine() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (RedisBus bus = bus("redis://me:hunter2@127.0.0.1:" + port)) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Redis at 127.0.0.1:" + port + " is not available: Connection refused");
      assertThatThrownBy(() -> bus.openPublisher("t")).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> bus.openShard("t", 0)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> bus.openCompeting("t", "g", "a"))
          .isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> bus.openDeadLetters("t")).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void anUnknownHostIsToldAsSuch() {
    try (RedisBus bus = bus("redis://no-such-host.invalid:6379")) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("no-such-host.invalid:6379")
          .hasMessageContaining("unknown host");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        RedisBus bus =
            new RedisBus(
                new RedisSettings(
                    "redis://127.0.0.1:" + silent.getLocalPort(),
                    "t",
                    1,
                    Duration.ofDays(1),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    Duration.ZERO,
                    500,
                    Duration.ZERO,
                    Optional.empty()),
                new CountingMetrics())) {
      long before = System.nanoTime();
      assertThatThrownBy(bus::ping).isInstanceOf(UnavailableException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void tlsToAPlainServerIsRefusedAsUnavailable() {
    String uri = SharedRedis.uri().replace("redis://", "rediss://");
    try (RedisBus bus = bus(uri)) {
      assertThatThrownBy(bus::ping).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void takesThePasswordAsItIsOrEncodedAndNeverShowsIt() {
    try (EmbeddedRedis redis = EmbeddedRedis.startTemporary("--requirepass", PASSWORD)) {
      String place = "@127.0.0.1:" + redis.port();
      for (String login : List.of(":" + PASSWORD, ":p%40ss%2Fw%3Ar%23d", "default:" + PASSWORD)) {
        try (RedisBus bus = bus("redis://" + login + place)) {
          assertThatCode(bus::ping).as(login).doesNotThrowAnyException();
        }
      }
      for (String login : List.of("redis://:hunter2@", "redis://default:hunter2@", "redis://")) {
        try (RedisBus bus = bus(login + place.substring(1))) {
          assertThatThrownBy(bus::ping)
              .as(login)
              .isInstanceOf(ConfigException.class)
              .hasMessageContaining("127.0.0.1:" + redis.port())
              .hasMessageContaining("password")
              .hasMessageNotContaining("hunter2");
        }
      }
    }
  }

  @Test
  void warnsOfAServerThatForgets() {
    try (EmbeddedRedis redis =
            EmbeddedRedis.startTemporary(
                "--appendonly", "no", "--maxmemory-policy", "allkeys-lru");
        RedisBus bus = bus(redis.uri())) {
      assertThat(bus.inspector().warnings())
          .hasSize(2)
          .anyMatch(warning -> warning.contains("allkeys-lru"))
          .anyMatch(warning -> warning.contains("appendonly"));
    }
    try (EmbeddedRedis redis =
            EmbeddedRedis.startTemporary("--appendonly", "no", "--rename-command", "CONFIG", "");
        RedisBus bus = bus(redis.uri())) {
      assertThat(bus.inspector().warnings()).isEmpty();
    }
    try (EmbeddedRedis redis = EmbeddedRedis.startTemporary();
        RedisBus bus = bus(redis.uri())) {
      assertThat(bus.inspector().warnings()).isEmpty();
    }
  }

  @Test
  void aKeyOfAnotherTypeIsAnErrorOfTheConfiguration() {
    String topic = "contract." + java.util.UUID.randomUUID();
    SharedRedis.run(SharedRedis.uri(), redis -> redis.set(topic, "no stream"));
    try (RedisBus bus = new RedisBus(settings(topic), new CountingMetrics());
        Publisher publisher = bus.openPublisher(topic);
        ShardSubscription subscription = bus.openShard(topic, 0)) {
      assertThatThrownBy(() -> publisher.publish(BusEvents.ticks("SPY", 0, 3)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("WRONGTYPE");
      assertThatThrownBy(() -> subscription.poll(10, Duration.ZERO))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("WRONGTYPE");
      assertThatThrownBy(() -> bus.openCompeting(topic, "g", "a"))
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void aUserWithoutTheRightsIsAnErrorOfTheConfiguration() {
    try (EmbeddedRedis redis = EmbeddedRedis.startTemporary()) {
      SharedRedis.run(
          redis.uri(),
          commands ->
              commands.aclSetuser(
                  "reader",
                  io.lettuce.core.AclSetuserArgs.Builder.on()
                      .addPassword("hunter2")
                      .allKeys()
                      .addCommand(io.lettuce.core.protocol.CommandType.XREAD)));
      try (RedisBus bus = bus("redis://reader:hunter2@127.0.0.1:" + redis.port());
          ShardSubscription subscription = bus.openShard("mdp.events", 0);
          Publisher publisher = bus.openPublisher("mdp.events")) {
        assertThat(subscription.poll(10, Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> publisher.publish(BusEvents.ticks("SPY", 0, 3)))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("NOPERM")
            .hasMessageNotContaining("hunter2");
        assertThat(bus.inspector().warnings()).isEmpty();
      }
    }
  }

  @Test
  void countsDeadLettersOnceTheyAreKept() {
    CountingMetrics metrics = new CountingMetrics();
    String topic = "contract." + java.util.UUID.randomUUID();
    try (RedisBus bus = new RedisBus(RedisSettings.of(SharedRedis.uri(), topic, 1), metrics);
        DeadLetterPublisher publisher = bus.openDeadLetters(topic)) {
      publisher.publish(List.of());
      assertThat(metrics.deadLetters).isEmpty();
      publisher.publish(
          List.of(
              new DeadLetter(
                  "g",
                  topic,
                  0,
                  new Position(1, 1),
                  "p",
                  DeadLetter.FUTURE,
                  "",
                  List.of(),
                  new byte[0],
                  0)));
      assertThat(metrics.deadLetters).containsEntry(topic + " future", 1L);
    }
  }

  private static RedisSettings settings(String topic) {
    return RedisSettings.of(SharedRedis.uri(), topic, 1);
  }

  private static RedisBus bus(String uri) {
    return new RedisBus(RedisSettings.of(uri, "mdp.events", 1), new CountingMetrics());
  }
}

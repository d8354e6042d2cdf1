package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.ConfigException;
import dev.mdp.embedded.redis.EmbeddedRedis;
import dev.mdp.testkit.bus.BusEvents;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each worker works with the rights that the guide asks for, on keys of its topic alone, and not
/// with one of them less that its work needs.
class RedisRightsIT {
  private static final String TOPIC = "mdp.events";

  private final EmbeddedRedis redis = EmbeddedRedis.startTemporary();

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void aProducerAppends() throws Exception {
    try (RedisBus bus = as("`produce`, `replay`");
        Publisher publisher = bus.openPublisher(TOPIC)) {
      bus.ping();
      publisher.publish(BusEvents.ticks("SPY", 0, 10));
    }
  }

  @Test
  void anOwnerReadsTrimsMirrorsAndTellsWhatItCouldNotUse() throws Exception {
    append();
    try (RedisBus bus = as("`micro-batch`, `infer`");
        ShardSubscription shard = bus.openShard(TOPIC, 0);
        RawPublisher signals = bus.openRaw(TOPIC + ".signals");
        DeadLetterPublisher letters = bus.openDeadLetters(TOPIC)) {
      bus.ping();
      List<Delivery> read = BusEvents.read(shard, 10);
      Position last = read.getLast().position();
      assertThat(shard.anchor(last)).isPresent();
      assertThat(shard.bounds().length()).isEqualTo(10);
      assertThat(shard.isShortOfMemory()).isFalse();
      shard.mirror("bars", last);
      shard.trimBefore(last, Instant.parse("2200-01-01T00:00:00Z"));
      signals.publish(0, List.of("a signal".getBytes(StandardCharsets.UTF_8)));
      letters.publish(List.of(letter()));
      letters.removeExpired();
    }
  }

  @Test
  void aTickWorkerReadsAcknowledgesClaimsAndMovesItsGroup() throws Exception {
    append();
    try (RedisBus bus = as("`ticks`");
        DeadLetterPublisher letters = bus.openDeadLetters(TOPIC)) {
      bus.ping();
      try (CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a")) {
        List<Delivery> read = BusEvents.read(group, 10);
        group.ack(read.subList(0, 5));
        assertThat(group.claimIdle(Duration.ZERO, 10)).isEmpty();
        assertThat(group.bounds(0).length()).isEqualTo(10);
        assertThat(group.generation(0)).isEmpty();
        assertThat(group.anchorBefore(0, group.lowWater(0))).isPresent();
        assertThat(group.moveTo(0, Position.START)).isPresent();
        List<Delivery> again = BusEvents.read(group, 15);
        group.ack(again);
      }
      letters.publish(List.of(letter()));
      letters.removeExpired();
    }
  }

  @Test
  void aRightThatIsMissingIsNamed() throws Exception {
    append();
    try (RedisBus bus = withRights(List.of("ping", "xgroup", "get", "set", "exists", "xinfo"));
        CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a")) {
      assertThatThrownBy(() -> group.poll(10, Duration.ZERO))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("NOPERM")
          .hasMessageContaining("ACL SETUSER");
    }
  }

  private void append() {
    try (RedisBus bus =
            new RedisBus(RedisSettings.of(redis.uri(), TOPIC, 1), new CountingMetrics());
        Publisher publisher = bus.openPublisher(TOPIC)) {
      publisher.publish(BusEvents.ticks("SPY", 0, 10));
    }
  }

  /// With the rights in this row of the guide's table of Redis commands.
  private RedisBus as(String workers) throws Exception {
    String row =
        Files.readAllLines(Path.of("../../dist/docs/operating.md")).stream()
            .filter(line -> line.startsWith("| " + workers + " | `+"))
            .findFirst()
            .orElseThrow();
    String rights = row.split("\\|", -1)[2];
    return withRights(List.of(rights.replaceAll("[`+]", "").strip().split("\\s+")));
  }

  private RedisBus withRights(List<String> commands) {
    AclSetuserArgs user = AclSetuserArgs.Builder.on().addPassword("hunter2");
    user.keyPattern(TOPIC + "*");
    commands.forEach(each -> user.addCommand(CommandType.valueOf(each.toUpperCase(Locale.ROOT))));
    SharedRedis.run(redis.uri(), connection -> connection.aclSetuser("worker", user));
    return new RedisBus(
        RedisSettings.of("redis://worker:hunter2@127.0.0.1:" + redis.port(), TOPIC, 1),
        new CountingMetrics());
  }

  private static DeadLetter letter() {
    return new DeadLetter(
        "g",
        TOPIC,
        0,
        new Position(1, 0),
        "p",
        DeadLetter.MALFORMED,
        "",
        List.of(),
        new byte[0],
        0);
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.embedded.redis.EmbeddedRedis;
import org.junit.jupiter.api.Test;

/// A Redis without memory is a reason to wait, not to drop.
class FullMemoryIT {
  @Test
  void aProducerWaitsWhileRedisIsFullAndThenSendsTheRest() {
    String database = "full_memory";
    TestServers.createMigrated(database);
    try (EmbeddedRedis redis = EmbeddedRedis.startTemporary("--maxmemory", "3mb");
        Scenario scenario = Scenario.on(redis.uri(), TestServers.url(database))) {
      Child producer =
          scenario.child(
              "stream", "produce", "--symbols", "SPY", "--rate", "20000", "--limit", "40000");

      producer.awaitErr("its memory is full");
      long stored = scenario.redis().xlen(scenario.stream());
      assertThat(stored).isBetween(1_000L, 39_999L);
      assertThat(producer.isAlive()).isTrue();
      scenario.redis().configSet("maxmemory", "0");
      Outcome end = producer.awaitEnd().requireCode(0);

      assertThat(end.err())
          .contains(
              "sent 40000", "the events for " + scenario.stream() + " that waited are appended");
      assertThat(end.err().lines().filter(line -> line.contains("memory is full"))).hasSize(1);
      scenario.mdp("stream", "ticks", "--batch-size", "5000", "--until-idle", "1s").requireCode(0);
      assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(40_000);
    } finally {
      TestServers.drop(database);
    }
  }
}

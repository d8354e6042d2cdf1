package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.embedded.kafka.EmbeddedKafka;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is of Kafka alone: other programs that write, brokers that go away, topics that change.
class KafkaIT {
  private static final EmbeddedKafka BROKER = TestKafka.startImpatient();
  private final Scenario scenario = Scenario.onKafka(BROKER.bootstrapServers(), 3);

  @AfterEach
  void close() {
    scenario.close();
  }

  @AfterAll
  static void stop() {
    BROKER.close();
  }

  /// `kcat -P -k 'p|SPY' -X partitioner=murmur2_random` does what Kafka's own partitioner does.
  @Test
  void minimalEventOfAnotherProgramNeedsItsKey() throws Exception {
    Instant time = Instant.parse("2025-10-24T14:00:00Z");
    try (Producer<String, String> other = producer()) {
      for (String symbol : new String[] {"SPY", "AAPL", "MSFT"}) {
        other.send(entry("p|" + symbol, null, LiveTicks.tick("p", symbol, time, 1, 10))).get();
      }
      int home =
          scenario
              .mdp("stream", "shard-of", "p", "SPY", "-o", "json")
              .json()
              .at("/data/shard")
              .asInt();
      other.send(entry(null, (home + 1) % 3, LiveTicks.tick("p", "SPY", time, 2, 11))).get();
    }

    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--until-idle", "1s").requireCode(0);

    assertThat(scenario.rows("SELECT symbol, trade_count FROM bars_ohlcv ORDER BY 1"))
        .containsExactly("AAPL|1", "MSFT|1", "SPY|1");
    assertThat(scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines())
        .extracting(letter -> letter.path("reason").asText())
        .containsExactly("wrong_shard");
  }

  @Test
  void workersWaitForABrokerThatIsKilledAndGoOn() {
    Child microBatch = scenario.child("stream", "micro-batch", "--window", "1s");
    Child ticks = scenario.child("stream", "ticks");
    Child feed = scenario.child("stream", "produce", "--symbols", "A,B,C,D", "--rate", "20");
    scenario.await("SELECT count(*) > 100 FROM tick_data", "t", java.time.Duration.ofMinutes(2));

    BROKER.kill();
    long before = scenario.count("SELECT count(*) FROM tick_data");
    BROKER.startAgain();

    scenario.await("SELECT count(*) > %d FROM tick_data".formatted(before + 200), "t");
    feed.terminate().requireCode(0);
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND);
    microBatch.terminate().requireCode(0);
    ticks.terminate().requireCode(0);
  }

  @Test
  void aWorkerThatWasFrozenPastItsSessionWritesNothingMore() throws Exception {
    Child frozen =
        scenario.child("stream", "micro-batch", "--window", "1s", "--consumer", "frozen");
    Child ticks = scenario.child("stream", "ticks");
    Child feed = scenario.child("stream", "produce", "--symbols", "A,B,C,D", "--rate", "20");
    scenario.await("SELECT count(*) > 4 FROM bars_ohlcv", "t");

    frozen.signal("STOP");
    Child heir = scenario.child("stream", "micro-batch", "--window", "1s", "--consumer", "heir");
    scenario.await(
        "SELECT count(*) FROM stream_checkpoints WHERE owner LIKE 'heir-%' AND lease_until > now()",
        "3");
    frozen.signal("CONT");
    frozen.awaitErr("has lost shards");

    feed.terminate().requireCode(0);
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND);
    frozen.terminate().requireCode(0);
    heir.terminate().requireCode(0);
    ticks.terminate().requireCode(0);
  }

  @Test
  void partitionsAddedUnderARunningGroupEndItWithAnExplanation() throws Exception {
    Child worker = scenario.child("stream", "micro-batch");
    scenario.await("SELECT count(*) FROM stream_checkpoints WHERE lease_until > now()", "3");

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      admin.createPartitions(Map.of(scenario.stream(), NewPartitions.increaseTo(4))).all().get();
    }

    assertThat(worker.awaitEnd().requireCode(78).err())
        .contains(scenario.stream() + " has 4 partitions, bus.kafka.partitions says 3");
  }

  @Test
  void aTopicThatIsNotThereNamesTheCommandThatMakesIt() {
    scenario
        .mdp("stream", "micro-batch", "--until-idle", "1s", "--set", "bus.kafka.topic=nobodys")
        .requireCode(78)
        .requireOneLine("has no topic nobodys", "mdp stream topics create");
  }

  @Test
  void aDeadLetterIsShownSentAgainAndTakenAway() throws Exception {
    try (Producer<String, String> other = producer()) {
      other.send(entry("key", 0, "no json")).get();
      other.send(entry("key", 1, "no json either")).get();
    }
    scenario.mdp("stream", "ticks", "--until-idle", "1s").requireCode(0);
    assertThat(letters()).isEqualTo(2);

    scenario
        .mdp("stream", "dead-letters", "purge", "--reason", "malformed", "--confirm")
        .requireCode(0);

    assertThat(letters()).isZero();
  }

  private int letters() {
    return scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines().size();
  }

  private ProducerRecord<String, String> entry(
      @Nullable String key, @Nullable Integer partition, String value) {
    return new ProducerRecord<>(scenario.stream(), partition, key, value);
  }

  private static Producer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", BROKER.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }
}

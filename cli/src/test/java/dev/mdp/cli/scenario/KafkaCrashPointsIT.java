package dev.mdp.cli.scenario;

import dev.mdp.core.fault.Failpoint;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Crash points on Kafka: those at which the bus matters; all of them in the long form.
class KafkaCrashPointsIT extends CrashPoints {
  private static final Set<Failpoint> OF_THE_BUS =
      EnumSet.of(
          Failpoint.MICRO_BATCH_IN_RECOVERY,
          Failpoint.MICRO_BATCH_AFTER_COMMIT,
          Failpoint.TICKS_AFTER_COMMIT,
          Failpoint.PRODUCE_AFTER_PUBLISH);

  private static final EmbeddedKafka BROKER = TestKafka.startImpatient();

  @AfterAll
  static void stop() {
    BROKER.close();
  }

  static Set<Failpoint> points() {
    return ROUNDS > 1 ? EnumSet.allOf(Failpoint.class) : OF_THE_BUS;
  }

  @ParameterizedTest
  @MethodSource("points")
  void theNextStartFinishesWhatACrashLeft(Failpoint point) {
    requireFinished(point);
  }

  @Override
  Scenario scenario() {
    return Scenario.onKafka(BROKER.bootstrapServers(), 1);
  }

  @Override
  void append(Scenario scenario, List<String> events) {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (String event : events) {
        producer.send(new ProducerRecord<>(scenario.stream(), "p|SPY", event));
      }
    }
  }

  @Override
  long entries(Scenario scenario) {
    return scenario
        .mdp("stream", "tail", "--limit", "100000", "-o", "jsonl")
        .requireCode(0)
        .jsonLines()
        .size();
  }
}

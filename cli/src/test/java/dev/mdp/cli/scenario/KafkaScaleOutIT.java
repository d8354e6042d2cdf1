package dev.mdp.cli.scenario;

import java.time.Duration;

/// On Kafka, where the group decides: the broker gives a member six seconds.
class KafkaScaleOutIT extends ScaleOut {
  KafkaScaleOutIT() {
    super(Scenario.onKafka(4), Duration.ofSeconds(6 + 5));
  }
}

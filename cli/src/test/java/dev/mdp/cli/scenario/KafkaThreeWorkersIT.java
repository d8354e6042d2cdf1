package dev.mdp.cli.scenario;

/// On Kafka, with three workers of each kind that share the partitions.
class KafkaThreeWorkersIT extends RealData {
  KafkaThreeWorkersIT() {
    super(Scenario.onKafka(4), 3);
  }
}

package dev.mdp.cli.scenario;

/// The same through Kafka with three processes that share the partitions.
class KafkaThreeWorkersIT extends RealDataIT {
  KafkaThreeWorkersIT() {
    super(Scenario.onKafka(4), 3);
  }
}

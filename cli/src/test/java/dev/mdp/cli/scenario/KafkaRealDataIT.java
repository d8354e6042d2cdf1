package dev.mdp.cli.scenario;

/// On Kafka, with one worker of each kind for all partitions.
class KafkaRealDataIT extends RealData {
  KafkaRealDataIT() {
    super(Scenario.onKafka(4), 1);
  }
}

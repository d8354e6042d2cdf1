package dev.mdp.cli.scenario;

/// The same through Kafka.
class KafkaRealDataIT extends RealDataIT {
  KafkaRealDataIT() {
    super(Scenario.onKafka(4), 1);
  }
}

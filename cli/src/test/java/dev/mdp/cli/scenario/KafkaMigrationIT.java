package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The guide's way from Redis to Kafka, step by step: drain, drop the checkpoints, switch, fold the
/// windows in which the switch fell.
class KafkaMigrationIT {
  private static final String REDIS = "bus.type=redis";
  private static final String KAFKA = "bus.type=kafka";
  private static final int BEFORE = 800;
  private static final int AFTER = 2_400;

  private final Scenario scenario = Scenario.onKafka(3);

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aRunningPipelineMovesWithoutLosingOrDoubling() {
    Child oldTicks = child(REDIS, "stream", "ticks");
    Child oldBars = child(REDIS, "stream", "micro-batch", "--window", "1s");
    Instant begun = Instant.now();
    produce(REDIS, BEFORE);
    scenario.await("SELECT count(*) > 0 FROM bars_ohlcv", "t");
    scenario.await("SELECT count(*) > 0 FROM tick_data", "t");

    oldBars.terminate().requireCode(0);
    oldTicks.terminate().requireCode(0);
    run(REDIS, "stream", "ticks", "--until-idle", "1s");
    run(REDIS, "stream", "micro-batch", "--window", "1s", "--until-idle", "1s");
    for (String group : List.of("micro-batcher", "tick-consumer")) {
      run(REDIS, "stream", "checkpoints", "drop", "--group", scenario.group(group), "--confirm");
    }
    run(KAFKA, "stream", "topics", "create");
    Child newTicks = child(KAFKA, "stream", "ticks");
    Child newBars = child(KAFKA, "stream", "micro-batch", "--window", "1s");
    produce(KAFKA, AFTER);
    scenario.await("SELECT count(*) FROM tick_data", Integer.toString(BEFORE + AFTER));
    run(KAFKA, "verify", "bars", "--from", begun.minusSeconds(1).toString(), "--repair");

    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND);
    assertThat(scenario.count("SELECT sum(trade_count) FROM bars_ohlcv")).isEqualTo(BEFORE + AFTER);
    newBars.terminate().requireCode(0);
    newTicks.terminate().requireCode(0);
  }

  private void produce(String bus, int ticks) {
    run(
        bus,
        "stream",
        "produce",
        "--symbols",
        "A,B,C,D,E,F,G,H",
        "--rate",
        "25",
        "--limit",
        Integer.toString(ticks));
  }

  private void run(String bus, String... args) {
    scenario.mdp(with(bus, args)).requireCode(0);
  }

  private Child child(String bus, String... args) {
    return scenario.child(with(bus, args));
  }

  /// Windows are sealed six seconds after their end, so that the test need not wait for longer.
  private static String[] with(String bus, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--set", bus, "--set", "micro_batch.revise_late_ms=5000"));
    return all.toArray(String[]::new);
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The judge itself: it must see what is wrong.
class OracleIT {
  private final Scenario scenario = Scenario.migrated();

  @BeforeEach
  void fill() {
    LiveTicks.send(scenario, "p", "SPY", Instant.parse("2025-10-24T14:00:00Z"), 60);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "500ms").requireCode(0);
    Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void seesAValueThatDiffersInItsLastBit() {
    scenario.execute(
        "UPDATE bars_ohlcv SET vwap = vwap * (1 + 2.3e-16) WHERE ts = '2025-10-24T14:00:02Z'");

    assertThat(Oracle.differences(scenario, Oracle.Interval.TWO_SECONDS)).hasSize(2);
  }

  @Test
  void seesABarThatIsMissingAndOneThatIsTooMany() {
    scenario.execute(
        "UPDATE bars_ohlcv SET ts = ts - interval '1 hour' WHERE ts = '2025-10-24T14:00:02Z'");

    assertThat(Oracle.differences(scenario, Oracle.Interval.TWO_SECONDS))
        .hasSize(2)
        .anyMatch(row -> row.startsWith("stored|"))
        .anyMatch(row -> row.startsWith("recomputed|"));
  }
}

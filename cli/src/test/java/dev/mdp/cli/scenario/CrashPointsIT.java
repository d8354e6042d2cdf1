package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.fault.Failpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every crash point on Redis.
class CrashPointsIT extends CrashPoints {
  @ParameterizedTest
  @EnumSource
  void theNextStartFinishesWhatACrashLeft(Failpoint point) {
    requireFinished(point);
  }

  @Test
  void ticksInTheMiddleOfTheirCopyToo() {
    requireTicksFinishedInTheMiddleOfTheirCopy();
  }

  @Test
  void anUnknownPlaceIsAConfigurationErrorThatNamesAll() {
    try (Scenario scenario = scenario()) {
      Outcome end = start(scenario, "nowhere:1", TICK_WORKER).awaitEnd();

      end.requireCode(78);
      assertThat(end.err()).contains("-Dmdp.failpoint=nowhere:1", "want NAME:N", "mid-copy");
    }
  }

  @Override
  Scenario scenario() {
    return Scenario.migrated();
  }

  @Override
  void append(Scenario scenario, List<String> events) {
    events.forEach(scenario::xadd);
  }

  @Override
  long entries(Scenario scenario) {
    return scenario.redis().xlen(scenario.stream());
  }
}

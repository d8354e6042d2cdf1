package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Verify beside live data, late ticks and replays that meet it.
class VerifyLanesIT {
  private static final Instant START = Instant.parse("2025-10-24T14:00:00Z");

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aTickThatCameAfterTheSealIsFoundAndFoldedIn() {
    LiveTicks.send(scenario, "p", "SPY", START, 600);
    scenario.xadd(LiveTicks.tick("p", "SPY", START.plusMillis(50), 9_000, 90));
    work(0);

    List<JsonNode> found =
        scenario.mdp("verify", "bars", "--output", "jsonl").requireCode(3).jsonLines();
    scenario.mdp("verify", "bars", "--repair").requireCode(0);

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().path("verdict").asText()).isEqualTo("late");
    assertThat(found.getFirst().path("stored").path("trade_count").asInt()).isEqualTo(20);
    assertThat(found.getFirst().path("recomputed").path("low").asDouble()).isEqualTo(90);
    scenario.mdp("verify", "bars").requireCode(0);
    assertThat(
            scenario.value(
                "SELECT low, trade_count, revision FROM bars_ohlcv WHERE ts = '2025-10-24T14:00:00Z'"))
        .isEqualTo("90|21|1");
  }

  @Test
  void theUnionOfLiveDataAndAReplayIsWrittenByARepair() {
    LiveTicks.send(scenario, "p", "SPY", START, 600);
    work(0);
    for (int i = 0; i < 5; i++) {
      String tick = LiveTicks.tick("p", "SPY", START.plusMillis(100L * i + 7), i, 95);
      scenario.xadd(tick.replace("{", "{\"lane\":\"again\","));
    }
    scenario.xadd(
        "{\"provider\":\"p\",\"symbol\":\"SPY\",\"kind\":\"end\",\"lane\":\"again\",\"src_ts\":\"%s\"}"
            .formatted(START));
    Outcome microBatch = work(3);
    assertThat(microBatch.err()).contains("1 windows of a replay", "mdp verify bars --repair");

    scenario.mdp("verify", "bars").requireCode(3);
    scenario.mdp("verify", "bars", "--repair").requireCode(0);

    scenario.mdp("verify", "bars").requireCode(0);
    assertThat(
            scenario.value(
                "SELECT low, trade_count, lane FROM bars_ohlcv WHERE ts = '2025-10-24T14:00:00Z'"))
        .isEqualTo("95|25|null");
  }

  @Test
  void besideBusyWorkersNoRightBarIsEverCalledWrong() {
    List<String> quick = List.of("micro_batch.revise_late_ms=600", "micro_batch.max_future_ms=500");
    Child microBatch = start(quick, "stream", "micro-batch", "--window", "500ms,2s");
    Child ticks = start(quick, "stream", "ticks");
    Child produce = start(quick, "stream", "produce", "--provider", "synthetic", "--rate", "150");
    scenario.await("SELECT count(*) > 30 FROM bars_ohlcv", "t");

    for (int i = 0; i < 8; i++) {
      Outcome repaired = scenario.mdp("verify", "bars", "--repair");
      assertThat(repaired.err()).as("%s", repaired.out()).contains("wrote 0 bars");
      repaired.requireCode(0);
    }
    Outcome waited = scenario.mdp("verify", "bars", "--to", "6s", "--wait", "30s").requireCode(0);
    assertThat(waited.err()).doesNotContain("pending");
    assertThat(waited.err()).doesNotContain(" 0 equal");

    produce.terminate().requireCode(0);
    microBatch.terminate().requireCode(0);
    ticks.terminate().requireCode(0);
  }

  private Child start(List<String> sets, String... args) {
    java.util.ArrayList<String> all = new java.util.ArrayList<>(List.of(args));
    sets.forEach(set -> all.addAll(List.of("--set", set)));
    return scenario.child(all.toArray(String[]::new));
  }

  private Outcome work(int code) {
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    return scenario
        .mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "500ms")
        .requireCode(code);
  }
}

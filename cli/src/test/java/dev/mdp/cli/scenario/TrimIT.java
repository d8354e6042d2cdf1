package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.XAddArgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever happens to one feed, the log does not grow for ever.
class TrimIT {
  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aShardAtItsMemoryCapSealsItsOldestWindowsAndItsLogIsTrimmed() {
    // Each window may be revised for an hour, so without the cap every event would be kept.
    Instant begin = Instant.now().minusSeconds(3 * 3_600);
    for (int i = 0; i < 3_000; i++) {
      addAt(begin.plusMillis(500L * i), "p", i);
    }

    microBatch(
        "--set",
        "micro_batch.revise_late_ms=3600000",
        "--set",
        "micro_batch.max_retained_events=1000");
    addAt(begin.plusSeconds(1_500), "p", 3_000);
    microBatch(
        "--set",
        "micro_batch.revise_late_ms=3600000",
        "--set",
        "micro_batch.max_retained_events=1000");

    assertThat(
            scenario.count(
                "SELECT (metadata ->> 'events_sealed_early')::int FROM job_runs ORDER BY id LIMIT 1"))
        .isGreaterThanOrEqualTo(1_900);
    assertTrimmedTo(1_300);
    assertThat(scenario.count("SELECT sum(trade_count) FROM bars_ohlcv")).isEqualTo(3_001);
  }

  @Test
  void aFeedThatStopsForEverDoesNotHoldTheLog() {
    Instant begin = Instant.now().minusSeconds(3 * 3_600);
    addAt(begin, "stopped", 0);
    addAt(begin.plusSeconds(1), "stopped", 1);
    for (int i = 0; i < 2_000; i++) {
      addAt(begin.plusMillis(2_000 + 1_000L * i), "p", i);
    }

    microBatch();
    scenario.xadd(LiveTicks.tick("p", "SPY", begin.plusSeconds(2_010), 2_001, 10));
    microBatch();

    assertThat(scenario.rows("SELECT sum(trade_count) FROM bars_ohlcv WHERE provider = 'stopped'"))
        .containsExactly("2");
    assertTrimmedTo(300);
  }

  @Test
  void aReplayThatIsKilledBeforeItsEndDoesNotHoldTheLog() {
    scenario.datasets("spy: { type: ticks, provider: p, symbol: SPY }");
    for (int i = 0; i < 3_000; i++) {
      scenario.xadd(
          LiveTicks.tick(
              "p", "SPY", Instant.parse("2025-10-24T14:00:00Z").plusMillis(100L * i), i, 10));
    }
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.redis().del(scenario.stream());
    scenario
        .mdp(
            "stream",
            "checkpoints",
            "drop",
            "--group",
            scenario.group("tick-consumer"),
            "--confirm")
        .requireCode(0);
    Child replay =
        scenario.child(
            "stream", "replay", "--dataset", "spy", "--from", "2025-10-24", "--speed", "10x");
    Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(40))
        .until(() -> scenario.redis().xlen(scenario.stream()) > 300);
    replay.kill();
    long replayed = scenario.redis().xlen(scenario.stream());
    microBatch(silence());
    assertThat(unendedLanes()).isEqualTo(1);
    String held = scenario.value("SELECT resume_position FROM stream_checkpoints");

    Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(40))
        .pollInterval(java.time.Duration.ofMillis(1_200)) // silence passes on the server's clock
        .until(() -> {
          for (int i = 0; i < 200; i++) {
            scenario.xadd(LiveTicks.tick("live", "SPY", Instant.now(), i, 10));
          }
          microBatch(silence());
          return scenario.redis().xlen(scenario.stream()) < replayed;
        });

    assertThat(scenario.value("SELECT resume_position FROM stream_checkpoints"))
        .isGreaterThan(held);
  }

  private static String[] silence() {
    return new String[] {
      "--set", "micro_batch.silence_seal_ms=1000", "--set", "bus.redis.retention=1s"
    };
  }

  private long unendedLanes() {
    return scenario.count(
        "SELECT count(*) FROM stream_checkpoints, jsonb_array_elements(lanes) lane"
            + " WHERE lane ->> 'lane' <> '' AND NOT (lane ->> 'ended')::boolean");
  }

  /// An entry that the log took at this time.
  private void addAt(Instant time, String provider, long seq) {
    scenario
        .redis()
        .xadd(
            scenario.stream(),
            new XAddArgs().id(time.toEpochMilli() + "-0"),
            "data",
            LiveTicks.tick(provider, "SPY", time, seq, 10));
  }

  private void microBatch(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms"));
    args.addAll(List.of("--set", "bus.redis.retention=1h"));
    args.addAll(List.of(more));
    scenario.mdp(args.toArray(String[]::new)).requireCode(0);
  }

  private void assertTrimmedTo(long entries) {
    assertThat(scenario.redis().xlen(scenario.stream())).isLessThanOrEqualTo(entries);
  }
}

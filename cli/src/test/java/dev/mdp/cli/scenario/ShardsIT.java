package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A topic in several shards.
class ShardsIT {
  private static final List<String> SYMBOLS = List.of("SPY", "AAPL", "MSFT", "QQQ", "IWM", "GLD");

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void eventsGoToTheirShardsAndTwoWorkersShareThem() {
    sharded(
            "stream",
            "produce",
            "--symbols",
            String.join(",", SYMBOLS),
            "--rate",
            "200",
            "--limit",
            "1200")
        .requireCode(0);
    for (String symbol : SYMBOLS) {
      JsonNode shard =
          sharded("stream", "shard-of", "synthetic", symbol, "-o", "json").json().path("data");
      assertThat(
              scenario
                  .redis()
                  .xrange(shard.path("stream").asText(), io.lettuce.core.Range.unbounded()))
          .as(shard.toString())
          .anyMatch(entry -> entry.getBody().get("data").contains("\"" + symbol + "\""));
    }

    RunningCommand ticks = start("stream", "ticks", "--until-idle", "1s");
    RunningCommand one = start("stream", "micro-batch", "--window", "1s", "--until-idle", "2500ms");
    RunningCommand two = start("stream", "micro-batch", "--window", "1s", "--until-idle", "2500ms");
    one.await(0);
    two.await(0);
    ticks.await(0);

    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(1_200);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
    assertThat(
            scenario.rows(
                "SELECT shard, shards FROM stream_checkpoints WHERE consumer_group = '%s' ORDER BY 1"
                    .formatted(scenario.group("micro-batcher"))))
        .containsExactly("0|3", "1|3", "2|3");
    assertThat(sharded("stream", "tail", "--limit", "2000").jsonLines()).hasSize(1_200);
  }

  @Test
  void anEntryInAForeignShardIsADeadLetter() {
    int own =
        sharded("stream", "shard-of", "p", "SPY", "-o", "json").json().at("/data/shard").asInt();
    String tick = LiveTicks.tick("p", "SPY", Instant.parse("2025-10-24T14:00:00Z"), 1, 10);
    scenario.redis().xadd(scenario.stream() + "." + own, "data", tick);
    scenario.redis().xadd(scenario.stream() + "." + (own + 1) % 3, "data", tick);

    sharded("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    sharded("stream", "micro-batch", "--until-idle", "500ms").requireCode(0);

    assertThat(
            scenario.redis().xrange(scenario.stream() + ".dlq", io.lettuce.core.Range.unbounded()))
        .extracting(letter -> letter.getBody().get("reason"))
        .containsExactly("wrong_shard");
    assertThat(scenario.rows("SELECT trade_count FROM bars_ohlcv")).containsExactly("1");
  }

  @Test
  void otherNumberOfShardsThanTheCheckpointsIsRefused() {
    sharded("stream", "micro-batch", "--until-idle", "500ms").requireCode(0);

    Outcome other =
        scenario.mdp(
            "stream", "micro-batch", "--until-idle", "500ms", "--set", "bus.redis.shards=2");

    other.requireCode(78).requireOneLine("shards", "3", "2");
    assertThat(scenario.rows("SELECT status FROM job_runs ORDER BY id"))
        .containsExactly("success", "failure");
  }

  private Outcome sharded(String... args) {
    return scenario.mdp(withShards(args));
  }

  private RunningCommand start(String... args) {
    return scenario.start(withShards(args));
  }

  private static String[] withShards(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--set", "bus.redis.shards=3"));
    return all.toArray(String[]::new);
  }
}

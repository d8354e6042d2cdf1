package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What fills a hole of a live feed goes into the windows that are open, and repairs the sealed
/// ones.
class RefillIT {
  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aSealedWindowIsComputedAgainWhenItsHoleIsFilled() {
    Child ticks = scenario.child("stream", "ticks");
    Child microBatch = scenario.child("stream", "micro-batch", "--window", "1s,1h");
    tick(1, "14:30:00.100Z", 10, "");
    tick(2, "14:30:00.900Z", 12, "");
    tick(9, "14:31:00.000Z", 11, "");
    scenario.await("SELECT count(*) FROM bars_ohlcv WHERE interval = '1s'", "2");

    tick(3, "14:30:00.500Z", 20, "fill-7-0");
    scenario.await("SELECT count(*) FROM tick_data", "4");
    scenario.await("SELECT count(*) FROM pending_repairs WHERE NOT ended", "1");
    scenario.xadd("{\"kind\":\"end\",\"provider\":\"v\",\"lane\":\"fill-7-0\"}");
    scenario.await("SELECT count(*) FROM pending_repairs", "0");

    assertThat(
            scenario.rows(
                "SELECT open, high, low, close, volume, trade_count, revision, cause FROM bars_ohlcv WHERE interval = '1s' ORDER BY ts LIMIT 1"))
        .containsExactly("10|20|10|12|3|3|1|fill");
    assertThat(scenario.rows("SELECT DISTINCT cause FROM bars_ohlcv WHERE revision = 0"))
        .containsExactly("null");
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND);
    assertThat(scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines()).isEmpty();
    microBatch.terminate().requireCode(0);
    ticks.terminate().requireCode(0);
    assertThat(
            scenario.value(
                "SELECT metadata -> 'ledger' FROM job_runs WHERE job_name = 'micro-batch'"))
        .contains("\"late-filled\": 1");
    scenario.mdp("verify", "bars", "--from", "2026-01-05", "--to", "2026-01-06").requireCode(0);
  }

  private void tick(int seq, String time, int price, String lane) {
    scenario.xadd(
        "{\"provider\":\"v\",\"symbol\":\"A\",\"c\":%d,\"v\":1,\"src_ts\":\"2026-01-05T%s\",\"seq\":%d,\"lane\":\"%s\"}"
            .formatted(price, time, seq, lane));
  }
}

package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events that come as they happen.
class LiveIT {
  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void theMinimalEntryWrittenByHandBecomesATickAndABar() {
    scenario.xadd(
        "{\"provider\":\"p\",\"symbol\":\"spy\",\"c\":1.5,\"src_ts\":\"2025-10-24T14:02:01.234567Z\"}");

    consume("2s");

    assertThat(scenario.rows("SELECT provider, symbol, ts, seq, price, size FROM tick_data"))
        .containsExactly("p|SPY|2025-10-24 14:02:01.234567+00|0|1.5|null");
    assertThat(
            scenario.rows(
                "SELECT provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count, revision, lane FROM bars_ohlcv"))
        .containsExactly("p|SPY|2s|2025-10-24 14:02:00+00|1.5|1.5|1.5|1.5|0|null|1|0|null");
  }

  @Test
  void entriesOfOtherProgramsMayHaveExtraFieldsAndNanoseconds() {
    scenario
        .redis()
        .xadd(
            scenario.stream(),
            "header_trace",
            "x1",
            "data",
            "{\"ver\":1,\"kind\":\"tick\",\"new\":{\"a\":[1]},\"provider\":\"p\",\"symbol\":\"eur/usd\",\"price\":1.23456789,\"size\":2,\"seq\":7,\"src_ts\":\"2025-10-24T16:02:01.9999999+02:00\",\"event_id\":\"nonsense\"}");

    consume("2s");

    assertThat(scenario.rows("SELECT symbol, ts, seq, price, size FROM tick_data"))
        .containsExactly("EUR/USD|2025-10-24 14:02:01.999999+00|7|1.23456789|2");
    assertThat(scenario.rows("SELECT ts, close, volume, vwap FROM bars_ohlcv"))
        .containsExactly("2025-10-24 14:02:00+00|1.23456789|2|1.23456789");
  }

  @Test
  void theLastBarOfAProviderThatStopsIsEmittedWhileAnotherGoesOn() throws Exception {
    AtomicBoolean goOn = new AtomicBoolean(true);
    AtomicLong sent = new AtomicLong();
    Thread busy =
        Thread.ofPlatform()
            .start(() -> {
              while (goOn.get()) {
                scenario.xadd(
                    LiveTicks.tick("busy", "SPY", Instant.now(), sent.getAndIncrement(), 10));
              }
            });
    RunningCommand microBatch =
        scenario.start("stream", "micro-batch", "--window", "1s", "--until-idle", "1500ms");
    scenario.xadd(LiveTicks.tick("stopped", "QQQ", Instant.now(), 1, 20));

    scenario.await("SELECT count(*) FROM bars_ohlcv WHERE provider = 'stopped'", "1");
    String busyBars = "SELECT count(*) FROM bars_ohlcv WHERE provider = 'busy'";
    long then = scenario.count(busyBars);
    scenario.await(busyBars.replace("count(*)", "count(*) > " + then), "t");
    goOn.set(false);
    busy.join();
    microBatch.await(0);

    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(sent.get() + 1);
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
  }

  @Test
  void threeSymbolsReplayedFromTheirTicksAreNeverLateAndChangeNoBar() {
    scenario.datasets("history: { type: ticks, provider: synthetic }");
    Outcome produced =
        scenario
            .mdp(
                "stream",
                "produce",
                "--symbols",
                "SPY,AAPL,MSFT",
                "--rate",
                "200",
                "--limit",
                "1500",
                "--seed",
                "7")
            .requireCode(0);
    assertThat(produced.err()).contains("sent 1500");
    assertThat(scenario.redis().xlen(scenario.stream())).isEqualTo(1_500);
    consume("1s");
    Oracle.requireExactBars(scenario, Oracle.Interval.ONE_SECOND);
    String before =
        scenario.value(
            "SELECT md5(string_agg(xmin::text || bars_ohlcv, ',' ORDER BY symbol, ts)) FROM bars_ohlcv");

    Outcome replay =
        scenario.mdp("stream", "replay", "--dataset", "history", "--speed", "max").requireCode(0);
    consume("1s");

    assertThat(replay.err()).contains("sent 1500 from history");
    assertThat(scenario.redis().exists(scenario.stream() + ".dlq")).isZero();
    assertThat(
            scenario.value(
                "SELECT md5(string_agg(xmin::text || bars_ohlcv, ',' ORDER BY symbol, ts)) FROM bars_ohlcv"))
        .isEqualTo(before);
    JsonNode ledger = lastLedger("micro-batch");
    assertThat(ledger.path("aggregated").asLong()).isEqualTo(1_500);
    assertThat(ledger.path("filtered").asLong()).as("the lane's end").isEqualTo(1);
    assertThat(ledger.path("recovered").asLong()).as("not sealed yet").isEqualTo(1_500);
    assertThat(ledger.path("read").asLong()).as("so nothing is late").isEqualTo(3_001);
  }

  @Test
  void aProducersSeedAndLimitDecideWhatItSends() {
    String[] produce = {
      "stream", "produce", "--symbols", "SPY", "--rate", "500", "--limit", "40", "--seed", "7"
    };
    scenario.mdp(produce).requireCode(0);
    scenario.mdp(produce).requireCode(0);

    consume("1s");

    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(80);
    JsonNode ledger = lastLedger("ticks");
    assertThat(ledger.path("aggregated").asLong()).isEqualTo(80);
    assertThat(
            scenario.rows(
                "SELECT rows_written, status FROM job_runs WHERE job_name = 'produce' ORDER BY id"))
        .containsExactly("40|success", "40|success");
  }

  @Test
  void aWorkerEndsByItselfWhenItsTimeIsOverOrNothingComes() {
    Instant begun = Instant.now();
    scenario.mdp("stream", "ticks", "--for", "1s").requireCode(0);
    Instant first = Instant.now();
    scenario.mdp("stream", "micro-batch", "--until-idle", "500ms").requireCode(0);

    assertThat(first).isBetween(begun.plusMillis(900), begun.plusSeconds(10));
    assertThat(Instant.now()).isBetween(first.plusMillis(400), first.plusSeconds(10));
  }

  private void consume(String windows) {
    RunningCommand ticks = scenario.start("stream", "ticks", "--until-idle", "1s");
    scenario
        .mdp("stream", "micro-batch", "--window", windows, "--until-idle", "2500ms")
        .requireCode(0);
    ticks.await(0);
  }

  private JsonNode lastLedger(String job) {
    long run = scenario.count("SELECT max(id) FROM job_runs WHERE job_name = '" + job + "'");
    JsonNode shown =
        scenario
            .mdp("datastore", "job-runs-inspect", Long.toString(run), "--output", "json")
            .requireCode(0)
            .json();
    assertThat(shown.at("/data/ledger_adds_up").asBoolean()).isTrue();
    JsonNode ledger = shown.at("/data/metadata/ledger");
    assertThat(ledger.size()).as(shown.toString()).isEqualTo(1);
    JsonNode providers = ledger.iterator().next();
    assertThat(providers.size()).as(shown.toString()).isEqualTo(1);
    return providers.iterator().next();
  }
}

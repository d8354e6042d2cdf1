package dev.mdp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.ledger.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Symbol SPY = new Symbol("SPY");
  private static final Interval TWO_SECONDS = Interval.parse("2s");

  @Test
  void everyMetricHasItsNameAndItsLabelsAndNoOthers() {
    Meters meters = meters();

    assertThat(series(meters))
        .containsExactlyInAnyOrder(
            "stream_events_ingested_total{bus=\"redis\",provider=\"p\",topic=\"t\"} 3.0",
            "stream_consumer_lag_ms{consumer=\"c\",group=\"g\",topic=\"t\"} 1500.0",
            "stream_shard_owned_epoch{group=\"g\",shard=\"2\",topic=\"t\"} 17.0",
            "stream_ledger_events_total{group=\"g\",outcome=\"revised-late\",provider=\"p\"} 4.0",
            "stream_dead_letters_total{reason=\"bad_price\",topic=\"t\"} 5.0",
            "microbatch_flush_total{symbol=\"SPY\",window_ms=\"2000\"} 1.0",
            "microbatch_flush_rows_total{window_ms=\"2000\"} 6.0",
            "microbatch_window_latency_ms_count{window_ms=\"2000\"} 1",
            "microbatch_window_latency_ms_sum{window_ms=\"2000\"} 150.25",
            "microbatch_window_latency_ms_max{window_ms=\"2000\"} 150.25",
            "bars_revised_total{provider=\"p\"} 7.0",
            "store_write_duration_seconds_count{table=\"bars_ohlcv\"} 1",
            "store_write_duration_seconds_sum{table=\"bars_ohlcv\"} 0.25",
            "store_write_duration_seconds_max{table=\"bars_ohlcv\"} 0.25",
            "store_write_rows_total{operation=\"inserted\",table=\"bars_ohlcv\"} 1.0",
            "store_write_rows_total{operation=\"updated\",table=\"bars_ohlcv\"} 2.0",
            "store_write_rows_total{operation=\"unchanged\",table=\"bars_ohlcv\"} 3.0",
            "store_bars_written_total{method=\"COPY\",status=\"success\"} 8.0",
            "store_bars_write_latency_seconds_count{method=\"COPY\"} 1",
            "store_bars_write_latency_seconds_sum{method=\"COPY\"} 0.5",
            "store_bars_write_latency_seconds_max{method=\"COPY\"} 0.5",
            "features_update_duration_seconds_count{symbol=\"SPY\",window=\"2s\"} 1",
            "features_update_duration_seconds_sum{symbol=\"SPY\",window=\"2s\"} 0.125",
            "features_update_duration_seconds_max{symbol=\"SPY\",window=\"2s\"} 0.125",
            "features_active_windows{symbol=\"SPY\"} 9.0",
            "inference_eval_duration_seconds_count{adapter=\"rules\"} 1",
            "inference_eval_duration_seconds_sum{adapter=\"rules\"} 0.0625",
            "inference_eval_duration_seconds_max{adapter=\"rules\"} 0.0625",
            "inference_fallback_total{adapter=\"sklearn\",reason=\"timeout\"} 3.0",
            "signals_emitted_total{adapter=\"rules\",name=\"n\"} 1.0",
            "tick_forward_total{provider=\"p\"} 11.0",
            "tick_forward_failures_total{provider=\"p\"} 12.0",
            "store_job_runs_total{job_name=\"j\",mode=\"live\",provider=\"p\",status=\"success\"} 1.0",
            "errors_total{component=\"c\",reason=\"r\"} 1.0");
  }

  @Test
  void theWindowLatencyHasTheAgreedBuckets() {
    List<String> bounds =
        Pattern.compile(
                "microbatch_window_latency_ms_bucket\\{window_ms=\"2000\",le=\"([^\"]+)\"} (\\d)")
            .matcher(meters().exposition())
            .results()
            .map(match -> match.group(1) + "=" + match.group(2))
            .toList();

    assertThat(bounds)
        .containsExactly(
            "10.0=0",
            "50.0=0",
            "100.0=0",
            "200.0=1",
            "500.0=1",
            "1000.0=1",
            "2000.0=1",
            "5000.0=1",
            "+Inf=1");
  }

  @Test
  void openEventsAreNoCounter() {
    Meters meters = new Meters("redis");

    meters.metrics().pipeline().ledger("g", "p", Outcome.OPEN, 5);
    meters.metrics().pipeline().ledger("g", "p", Outcome.OPEN, -5);

    assertThat(meters.exposition()).doesNotContain("open");
  }

  @Test
  void labelsPastTheLimitBecomeOther() {
    Meters meters = new Meters("redis");

    for (int i = 0; i < 5_000; i++) {
      meters.metrics().pipeline().flushed(TWO_SECONDS, new Symbol("S" + i), 1);
      meters.metrics().bus().deadLetters("t" + i, "r", 1);
    }

    assertThat(series(meters).stream().filter(line -> line.startsWith("microbatch_flush_total")))
        .hasSize(2_001)
        .contains("microbatch_flush_total{symbol=\"other\",window_ms=\"2000\"} 3000.0");
    assertThat(series(meters).stream().filter(line -> line.startsWith("stream_dead_letters")))
        .hasSize(201)
        .contains("stream_dead_letters_total{reason=\"r\",topic=\"other\"} 4800.0");
  }

  private static Meters meters() {
    Meters meters = new Meters("redis");
    meters.metrics().bus().eventsIngested("t", "p", 3);
    meters.metrics().pipeline().consumerLag("t", "g", "c", Duration.ofMillis(1_500));
    meters.metrics().pipeline().shardOwned("t", "g", 2, 17);
    meters.metrics().pipeline().ledger("g", "p", Outcome.REVISED_LATE, 4);
    meters.metrics().bus().deadLetters("t", "bad_price", 5);
    meters.metrics().pipeline().flushed(TWO_SECONDS, SPY, 6);
    meters.metrics().pipeline().windowLatency(TWO_SECONDS, Duration.ofNanos(150_250_000));
    meters.metrics().pipeline().barsRevised("p", 7);
    meters.metrics().store().storeWrite("bars_ohlcv", Duration.ofMillis(250), 1, 2, 3);
    meters.metrics().store().barsWritten("COPY", "success", 8, Duration.ofMillis(500));
    meters.metrics().inference().featuresUpdated(SPY, Interval.parse("2s"), Duration.ofMillis(125));
    meters.metrics().inference().activeWindows(SPY, 9);
    meters.metrics().inference().evaluated("rules", Duration.ofNanos(62_500_000));
    meters.metrics().inference().signalEmitted("n", "rules");
    meters.metrics().inference().inferenceFallback("sklearn", "timeout", 3);
    meters.metrics().pipeline().ticksForwarded("p", 11);
    meters.metrics().pipeline().tickForwardFailed("p", 12);
    meters.metrics().store().jobRun("j", "p", "live", "success");
    meters.metrics().pipeline().error("c", "r");
    return meters;
  }

  /// Every line but comments and buckets.
  private static List<String> series(Meters meters) {
    return meters
        .exposition()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.contains("_bucket{"))
        .toList();
  }
}

package dev.mdp.core.metrics;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.ledger.Outcome;
import java.time.Duration;

/// What the workers count of the entries that they read. Thread-safe.
public interface PipelineMetrics extends ErrorMetrics {
  PipelineMetrics NONE = of(MetricSink.NONE);

  static PipelineMetrics of(MetricSink sink) {
    return new PipelineMetrics() {
      @Override
      public MetricSink sink() {
        return sink;
      }
    };
  }

  /// How far the consumer's last entry is behind now; the live lane only.
  default void consumerLag(String topic, String group, String consumer, Duration lag) {
    sink()
        .set(
            "stream_consumer_lag_ms",
            lag.toMillis(),
            "topic",
            topic,
            "group",
            group,
            "consumer",
            consumer);
  }

  /// This process took a shard or let it go.
  ///
  /// @param epoch of the claim, 0 when it is not owned any more
  default void shardOwned(String topic, String group, int shard, long epoch) {
    sink()
        .set(
            "stream_shard_owned_epoch",
            epoch,
            "topic",
            topic,
            "group",
            group,
            "shard",
            Integer.toString(shard));
  }

  /// [Outcome#OPEN] is a level that rises and falls, no counter: it is left out here and told in
  /// the job run's ledger.
  default void ledger(String group, String provider, Outcome outcome, long events) {
    if (outcome != Outcome.OPEN) {
      sink()
          .add(
              "stream_ledger_events_total",
              events,
              "group",
              group,
              "provider",
              provider,
              "outcome",
              outcome.word());
    }
  }

  /// An event came after its window was written or sealed, this much behind its feed's watermark.
  default void lateEvent(String group, String provider, Symbol symbol, Duration late) {
    sink()
        .add(
            "stream_late_events_total",
            1,
            "group",
            group,
            "provider",
            provider,
            "symbol",
            symbol.value());
    sink()
        .observe(
            "stream_late_ms", Buckets.LATE_MS, millis(late), "group", group, "provider", provider);
  }

  default void flushed(Interval interval, Symbol symbol, long bars) {
    String window = millis(interval);
    sink().add("microbatch_flush_total", 1, "window_ms", window, "symbol", symbol.value());
    sink().add("microbatch_flush_rows_total", bars, "window_ms", window);
  }

  /// Wall time from a live window's end to its COMMIT.
  default void windowLatency(Interval interval, Duration latency) {
    sink()
        .observe(
            "microbatch_window_latency_ms",
            Buckets.WINDOW_LATENCY_MS,
            millis(latency),
            "window_ms",
            millis(interval));
  }

  default void barsRevised(String provider, long bars) {
    sink().add("bars_revised_total", bars, "provider", provider);
  }

  /// New rows of `tick_data`.
  default void ticksForwarded(String provider, long ticks) {
    sink().add("tick_forward_total", ticks, "provider", provider);
  }

  /// Entries that became dead letters instead of rows.
  default void tickForwardFailed(String provider, long ticks) {
    sink().add("tick_forward_failures_total", ticks, "provider", provider);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static String millis(Interval interval) {
    return Long.toString(interval.micros() / 1_000);
  }

  /// The bounds of the histograms.
  final class Buckets {
    private static final double[] WINDOW_LATENCY_MS = {10, 50, 100, 200, 500, 1_000, 2_000, 5_000};
    private static final double[] LATE_MS = {
      500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 600_000, 3_600_000
    };

    private Buckets() {}
  }
}

package dev.mdp.telemetry;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// Every metric's name and labels, and how the words of the domain become them. Thread-safe.
public final class Meters implements Metrics {
  private static final double[] WINDOW_LATENCY_MS = {10, 50, 100, 200, 500, 1_000, 2_000, 5_000};
  private static final double[] LATE_MS = {
    500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 600_000, 3_600_000
  };
  private static final Duration[] DURATIONS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LabelLimits limits = new LabelLimits(2_000, 200);
  private final String bus;

  private final MeterSeries<Counter> eventsIngested =
      counter("stream_events_ingested_total", "bus", "topic", "provider");
  private final MeterSeries<AtomicLong> consumerLag =
      gauge("stream_consumer_lag_ms", "topic", "group", "consumer");
  private final MeterSeries<AtomicLong> ownedEpoch =
      gauge("stream_shard_owned_epoch", "topic", "group", "shard");
  private final MeterSeries<Counter> ledger =
      counter("stream_ledger_events_total", "group", "provider", "outcome");
  private final MeterSeries<Counter> deadLetters =
      counter("stream_dead_letters_total", "topic", "reason");
  private final MeterSeries<AtomicLong> storedLetters =
      gauge("stream_dead_letters_stored", "topic");
  private final MeterSeries<Counter> lateEvents =
      counter("stream_late_events_total", "group", "provider", "symbol");
  private final MeterSeries<DistributionSummary> lateness =
      histogram("stream_late_ms", LATE_MS, "group", "provider");
  private final MeterSeries<Counter> flushes =
      counter("microbatch_flush_total", "window_ms", "symbol");
  private final MeterSeries<Counter> flushRows =
      counter("microbatch_flush_rows_total", "window_ms");
  private final MeterSeries<DistributionSummary> windowLatency =
      histogram("microbatch_window_latency_ms", WINDOW_LATENCY_MS, "window_ms");
  private final MeterSeries<Counter> barsRevised = counter("bars_revised_total", "provider");
  private final MeterSeries<Timer> storeWrites = timer("store_write_duration_seconds", "table");
  private final MeterSeries<Counter> storeRows =
      counter("store_write_rows_total", "table", "operation");
  private final MeterSeries<Counter> barsWritten =
      counter("store_bars_written_total", "method", "status");
  private final MeterSeries<Timer> barsLatency =
      timer("store_bars_write_latency_seconds", "method");
  private final MeterSeries<Timer> featureUpdates =
      timer("features_update_duration_seconds", "symbol", "window");
  private final MeterSeries<AtomicLong> activeWindows = gauge("features_active_windows", "symbol");
  private final MeterSeries<Timer> evaluations =
      timer("inference_eval_duration_seconds", "adapter");
  private final MeterSeries<Counter> fallbacks =
      counter("inference_fallback_total", "adapter", "reason");
  private final MeterSeries<Counter> signals = counter("signals_emitted_total", "name", "adapter");
  private final MeterSeries<Counter> ticksForwarded = counter("tick_forward_total", "provider");
  private final MeterSeries<Counter> tickFailures =
      counter("tick_forward_failures_total", "provider");
  private final MeterSeries<Counter> jobRuns =
      counter("store_job_runs_total", "job_name", "provider", "mode", "status");
  private final MeterSeries<Counter> errors = counter("errors_total", "component", "reason");

  /// @param bus the label of ingested events: `redis` or `kafka`
  public Meters(String bus) {
    this.bus = bus;
  }

  /// The text of `/metrics`.
  public String exposition() {
    return registry.scrape();
  }

  /// The sum of a counter's series, of those with these labels.
  ///
  /// @param tags names and values in turn
  public double total(String counter, String... tags) {
    return registry.find(counter).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
  }

  /// The highest value among a gauge's series; -1 when it has none.
  public long highest(String gauge) {
    return registry.find(gauge).gauges().stream()
        .mapToLong(each -> Math.round(each.value()))
        .max()
        .orElse(-1);
  }

  /// The values that a label has, sorted.
  public Set<String> values(String label) {
    Set<String> values = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      String value = meter.getId().getTag(label);
      if (value != null && !value.equals(LabelLimits.OTHER)) {
        values.add(value);
      }
    }
    return values;
  }

  @Override
  public void eventsIngested(String topic, String provider, long events) {
    eventsIngested.with(bus, topic, provider).increment((double) events);
  }

  @Override
  public void consumerLag(String topic, String group, String consumer, Duration lag) {
    consumerLag.with(topic, group, consumer).set(lag.toMillis());
  }

  @Override
  public void shardOwned(String topic, String group, int shard, long epoch) {
    ownedEpoch.with(topic, group, Integer.toString(shard)).set(epoch);
  }

  /// [Outcome#OPEN] is a level that rises and falls, no counter: it is left out here and told in
  /// the job run's ledger.
  @Override
  public void ledger(String group, String provider, Outcome outcome, long events) {
    if (outcome != Outcome.OPEN) {
      ledger.with(group, provider, outcome.word()).increment((double) events);
    }
  }

  @Override
  public void flushed(Interval interval, Symbol symbol, long bars) {
    String window = millis(interval);
    flushes.with(window, symbol.value()).increment();
    flushRows.with(window).increment((double) bars);
  }

  @Override
  public void windowLatency(Interval interval, Duration latency) {
    windowLatency.with(millis(interval)).record(latency.toNanos() / 1e6);
  }

  @Override
  public void storeWrite(String table, Duration took, long inserted, long updated, long unchanged) {
    storeWrites.with(table).record(took);
    storeRows.with(table, "inserted").increment((double) inserted);
    storeRows.with(table, "updated").increment((double) updated);
    storeRows.with(table, "unchanged").increment((double) unchanged);
  }

  @Override
  public void barsWritten(String method, String status, long bars, Duration took) {
    barsWritten.with(method, status).increment((double) bars);
    if (status.equals("success")) {
      barsLatency.with(method).record(took);
    }
  }

  @Override
  public void barsRevised(String provider, long bars) {
    barsRevised.with(provider).increment((double) bars);
  }

  @Override
  public void ticksForwarded(String provider, long ticks) {
    ticksForwarded.with(provider).increment((double) ticks);
  }

  @Override
  public void tickForwardFailed(String provider, long ticks) {
    tickFailures.with(provider).increment((double) ticks);
  }

  @Override
  public void deadLetters(String topic, String reason, long letters) {
    deadLetters.with(topic, reason).increment((double) letters);
  }

  @Override
  public void deadLettersStored(String topic, long letters) {
    storedLetters.with(topic).set(letters);
  }

  @Override
  public void lateEvent(String group, String provider, Symbol symbol, Duration late) {
    lateEvents.with(group, provider, symbol.value()).increment();
    lateness.with(group, provider).record(late.toNanos() / 1e6);
  }

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {
    jobRuns.with(jobName, provider, mode, status).increment();
  }

  @Override
  public void error(String component, String reason) {
    errors.with(component, reason).increment();
  }

  @Override
  public void featuresUpdated(Symbol symbol, Interval window, Duration took) {
    featureUpdates.with(symbol.value(), window.toString()).record(took);
  }

  @Override
  public void activeWindows(Symbol symbol, int windows) {
    activeWindows.with(symbol.value()).set(windows);
  }

  @Override
  public void evaluated(String adapter, Duration took) {
    evaluations.with(adapter).record(took);
  }

  @Override
  public void signalEmitted(String name, String adapter) {
    signals.with(name, adapter).increment();
  }

  @Override
  public void inferenceFallback(String adapter, String reason, long evaluations) {
    fallbacks.with(adapter, reason).increment((double) evaluations);
  }

  private MeterSeries<Counter> counter(String name, String... labels) {
    return new MeterSeries<>(List.of(labels), limits, tags -> registry.counter(name, tags));
  }

  private MeterSeries<AtomicLong> gauge(String name, String... labels) {
    return new MeterSeries<>(
        List.of(labels),
        limits,
        tags -> {
          AtomicLong value = new AtomicLong();
          Gauge.builder(name, value, AtomicLong::get).tags(tags).register(registry);
          return value;
        });
  }

  private MeterSeries<Timer> timer(String name, String... labels) {
    return new MeterSeries<>(
        List.of(labels),
        limits,
        tags ->
            Timer.builder(name).tags(tags).serviceLevelObjectives(DURATIONS).register(registry));
  }

  private MeterSeries<DistributionSummary> histogram(
      String name, double[] bounds, String... labels) {
    return new MeterSeries<>(
        List.of(labels),
        limits,
        tags ->
            DistributionSummary.builder(name)
                .tags(tags)
                .serviceLevelObjectives(bounds)
                .register(registry));
  }

  private static String millis(Interval interval) {
    return Long.toString(interval.micros() / 1_000);
  }
}

package dev.mdp.telemetry;

import dev.mdp.core.metrics.MetricSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Counts by the meters of a registry, whose labels share one limit. Thread-safe.
final class MeterSink implements MetricSink {
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

  private final MeterRegistry registry;
  private final LabelLimits limits;
  private final Map<String, MeterSeries<Counter>> counters = new ConcurrentHashMap<>();
  private final Map<String, MeterSeries<AtomicLong>> gauges = new ConcurrentHashMap<>();
  private final Map<String, MeterSeries<Timer>> timers = new ConcurrentHashMap<>();
  private final Map<String, MeterSeries<DistributionSummary>> histograms =
      new ConcurrentHashMap<>();

  MeterSink(MeterRegistry registry, LabelLimits limits) {
    this.registry = registry;
    this.limits = limits;
  }

  @Override
  public void add(String counter, long count, String... labels) {
    MeterSeries<Counter> series = counters.get(counter);
    if (series == null) {
      series = series(counters, counter, tags -> registry.counter(counter, tags));
    }
    series.with(labels).increment((double) count);
  }

  @Override
  public void set(String gauge, long value, String... labels) {
    MeterSeries<AtomicLong> series = gauges.get(gauge);
    if (series == null) {
      series = series(gauges, gauge, tags -> gauge(gauge, tags));
    }
    series.with(labels).set(value);
  }

  @Override
  public void time(String timer, Duration took, String... labels) {
    MeterSeries<Timer> series = timers.get(timer);
    if (series == null) {
      series =
          series(
              timers,
              timer,
              tags ->
                  Timer.builder(timer)
                      .tags(tags)
                      .serviceLevelObjectives(DURATIONS)
                      .register(registry));
    }
    series.with(labels).record(took);
  }

  @Override
  public void observe(String histogram, double[] bounds, double value, String... labels) {
    MeterSeries<DistributionSummary> series = histograms.get(histogram);
    if (series == null) {
      series =
          series(
              histograms,
              histogram,
              tags ->
                  DistributionSummary.builder(histogram)
                      .tags(tags)
                      .serviceLevelObjectives(bounds)
                      .register(registry));
    }
    series.with(labels).record(value);
  }

  private AtomicLong gauge(String name, Tags tags) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::get).tags(tags).register(registry);
    return value;
  }

  private <M> MeterSeries<M> series(
      Map<String, MeterSeries<M>> all, String name, Function<Tags, M> register) {
    return all.computeIfAbsent(name, _ -> new MeterSeries<>(limits, register));
  }
}

package dev.mdp.telemetry;

import dev.mdp.core.metrics.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.TreeSet;

/// What this process counts: the ports by which it counts, and the exposition for who scrapes it.
/// Thread-safe.
public final class Meters {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Metrics metrics;

  /// @param bus the label of ingested events: `redis` or `kafka`
  public Meters(String bus) {
    this.metrics = Metrics.of(bus, new MeterSink(registry, new LabelLimits(2_000, 200)));
  }

  /// The ports whose counts are in [#exposition].
  public Metrics metrics() {
    return metrics;
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
}

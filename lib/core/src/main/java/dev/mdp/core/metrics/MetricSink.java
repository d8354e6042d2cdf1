package dev.mdp.core.metrics;

import java.time.Duration;

/// Where counts go, whatever they are of. Each metric is named in the port by which it is counted,
/// and nowhere else. Labels are names and values in turn; a metric has the same names every time.
/// Thread-safe.
public interface MetricSink {
  /// Forgets all.
  MetricSink NONE = new MetricSink() {};

  default void add(String counter, long count, String... labels) {}

  default void set(String gauge, long value, String... labels) {}

  default void time(String timer, Duration took, String... labels) {}

  /// @param bounds of the histogram's buckets, ascending
  default void observe(String histogram, double[] bounds, double value, String... labels) {}
}

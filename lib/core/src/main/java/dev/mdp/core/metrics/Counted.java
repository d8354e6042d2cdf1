package dev.mdp.core.metrics;

/// A port by which something is counted. Thread-safe.
interface Counted {
  /// Nothing is kept of it unless a sink is given.
  default MetricSink sink() {
    return MetricSink.NONE;
  }
}

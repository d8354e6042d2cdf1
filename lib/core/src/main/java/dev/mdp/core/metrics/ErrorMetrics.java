package dev.mdp.core.metrics;

/// Counts what went wrong. Thread-safe.
public interface ErrorMetrics extends Counted {
  default void error(String component, String reason) {
    sink().add("errors_total", 1, "component", component, "reason", reason);
  }
}

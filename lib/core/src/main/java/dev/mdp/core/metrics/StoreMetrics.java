package dev.mdp.core.metrics;

import java.time.Duration;

/// What a store counts. Thread-safe.
public interface StoreMetrics extends Counted {
  StoreMetrics NONE = of(MetricSink.NONE);

  static StoreMetrics of(MetricSink sink) {
    return new StoreMetrics() {
      @Override
      public MetricSink sink() {
        return sink;
      }
    };
  }

  default void storeWrite(
      String table, Duration took, long inserted, long updated, long unchanged) {
    sink().time("store_write_duration_seconds", took, "table", table);
    String rows = "store_write_rows_total";
    sink().add(rows, inserted, "table", table, "operation", "inserted");
    sink().add(rows, updated, "table", table, "operation", "updated");
    sink().add(rows, unchanged, "table", table, "operation", "unchanged");
  }

  /// @param status `success`: rows that were inserted or changed, after COMMIT; `failure`: bars of
  ///   a commit that failed or was not answered, each time it does
  default void barsWritten(String method, String status, long bars, Duration took) {
    sink().add("store_bars_written_total", bars, "method", method, "status", status);
    if (status.equals("success")) {
      sink().time("store_bars_write_latency_seconds", took, "method", method);
    }
  }

  default void jobRun(String jobName, String provider, String mode, String status) {
    sink()
        .add(
            "store_job_runs_total",
            1,
            "job_name",
            jobName,
            "provider",
            provider,
            "mode",
            mode,
            "status",
            status);
  }
}

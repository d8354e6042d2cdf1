package dev.mdp.runtime;

import dev.mdp.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What the workers of a process did since the last look, out of its metrics. One thread.
final class Rates {
  private static final String[] EVENTS = {
    "stream_events_ingested_total", "stream_ledger_events_total"
  };
  private static final String ROWS = "store_write_rows_total";
  private static final String LAG = "stream_consumer_lag_ms";

  private final Meters meters;
  private Instant since;
  private double events;
  private double rows;

  Rates(Meters meters, Instant begun) {
    this.meters = meters;
    this.since = begun;
  }

  /// @param events sent or accounted for, a second
  /// @param rows written, a second
  /// @param lagMillis of the consumer that is furthest behind; -1 when none has reported
  record Now(double events, double rows, long lagMillis) {
    String words() {
      String lag = lagMillis < 0 ? "" : ", lag " + lagMillis + " ms";
      return String.format(Locale.ROOT, "%.1f events/s, %.1f rows/s%s", events, rows, lag);
    }
  }

  /// The rates since the last call.
  Now look(Instant now) {
    double seconds = Math.max(0.001, Duration.between(since, now).toNanos() / 1e9);
    double eventsNow = meters.total(EVENTS[0]) + meters.total(EVENTS[1]);
    double rowsNow =
        meters.total(ROWS, "operation", "inserted") + meters.total(ROWS, "operation", "updated");
    Now rates =
        new Now((eventsNow - events) / seconds, (rowsNow - rows) / seconds, meters.highest(LAG));
    since = now;
    events = eventsNow;
    rows = rowsNow;
    return rates;
  }
}

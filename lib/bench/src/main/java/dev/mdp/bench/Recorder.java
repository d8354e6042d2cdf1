package dev.mdp.bench;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.core.metrics.InferenceMetrics;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.core.metrics.StoreMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The real metrics, and beside them every window latency, the time of every write of many bars,
/// and the largest lag since the last [#clear]. One thread.
final class Recorder implements PipelineMetrics, StoreMetrics {
  private final Metrics metrics;
  private long[] latencies = new long[1_024];
  private int count;
  private static final int MANY_BARS = 100;

  private final List<Duration> writes = new ArrayList<>();
  private long maxLagNanos;
  private boolean live;

  Recorder(Metrics metrics) {
    this.metrics = metrics;
  }

  BusMetrics bus() {
    return metrics.bus();
  }

  InferenceMetrics inference() {
    return metrics.inference();
  }

  void clear() {
    count = 0;
    maxLagNanos = 0;
    writes.clear();
  }

  /// Whether anything live was ever committed.
  boolean isLive() {
    return live;
  }

  double maxLagMillis() {
    return maxLagNanos / 1e6;
  }

  /// The median time of writing the bars of a window, in milliseconds; NaN when there was none.
  double writeMillis() {
    return writes.isEmpty()
        ? Double.NaN
        : writes.stream().sorted().toList().get(writes.size() / 2).toNanos() / 1e6;
  }

  int windows() {
    return count;
  }

  /// The window latency below which this share of the windows lies, in milliseconds.
  double latencyMillis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)] / 1e6;
  }

  @Override
  public void windowLatency(Interval interval, Duration latency) {
    if (count == latencies.length) {
      latencies = Arrays.copyOf(latencies, count * 2);
    }
    latencies[count++] = latency.toNanos();
    metrics.pipeline().windowLatency(interval, latency);
  }

  @Override
  public void consumerLag(String topic, String group, String consumer, Duration lag) {
    live = true;
    maxLagNanos = Math.max(maxLagNanos, lag.toNanos());
    metrics.pipeline().consumerLag(topic, group, consumer, lag);
  }

  @Override
  public void ledger(String group, String provider, Outcome outcome, long events) {
    metrics.pipeline().ledger(group, provider, outcome, events);
  }

  @Override
  public void flushed(Interval interval, Symbol symbol, long bars) {
    metrics.pipeline().flushed(interval, symbol, bars);
  }

  @Override
  public void barsRevised(String provider, long bars) {
    metrics.pipeline().barsRevised(provider, bars);
  }

  @Override
  public void error(String component, String reason) {
    metrics.pipeline().error(component, reason);
  }

  @Override
  public void storeWrite(String table, Duration took, long inserted, long updated, long unchanged) {
    metrics.store().storeWrite(table, took, inserted, updated, unchanged);
  }

  @Override
  public void barsWritten(String method, String status, long bars, Duration took) {
    if (bars >= MANY_BARS) {
      writes.add(took);
    }
    metrics.store().barsWritten(method, status, bars, took);
  }

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {
    metrics.store().jobRun(jobName, provider, mode, status);
  }
}

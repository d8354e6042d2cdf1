package dev.mdp.bench;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The real metrics, and beside them every window latency, the time of every write of many bars,
/// and the largest lag since the last [#clear]. One thread.
final class Recorder implements Metrics {
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
    metrics.windowLatency(interval, latency);
  }

  @Override
  public void consumerLag(String topic, String group, String consumer, Duration lag) {
    live = true;
    maxLagNanos = Math.max(maxLagNanos, lag.toNanos());
    metrics.consumerLag(topic, group, consumer, lag);
  }

  @Override
  public void eventsIngested(String topic, String provider, long events) {
    metrics.eventsIngested(topic, provider, events);
  }

  @Override
  public void ledger(String group, String provider, Outcome outcome, long events) {
    metrics.ledger(group, provider, outcome, events);
  }

  @Override
  public void flushed(Interval interval, Symbol symbol, long bars) {
    metrics.flushed(interval, symbol, bars);
  }

  @Override
  public void storeWrite(String table, Duration took, long inserted, long updated, long unchanged) {
    metrics.storeWrite(table, took, inserted, updated, unchanged);
  }

  @Override
  public void barsWritten(String method, String status, long bars, Duration took) {
    if (bars >= MANY_BARS) {
      writes.add(took);
    }
    metrics.barsWritten(method, status, bars, took);
  }

  @Override
  public void barsRevised(String provider, long bars) {
    metrics.barsRevised(provider, bars);
  }

  @Override
  public void ticksForwarded(String provider, long ticks) {
    metrics.ticksForwarded(provider, ticks);
  }

  @Override
  public void tickForwardFailed(String provider, long ticks) {
    metrics.tickForwardFailed(provider, ticks);
  }

  @Override
  public void deadLetters(String topic, String reason, long letters) {
    metrics.deadLetters(topic, reason, letters);
  }

  @Override
  public void lateEvent(String group, String provider, Symbol symbol, Duration late) {}

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {
    metrics.jobRun(jobName, provider, mode, status);
  }

  @Override
  public void error(String component, String reason) {
    metrics.error(component, reason);
  }

  @Override
  public void shardOwned(String topic, String group, int shard, long epoch) {}

  @Override
  public void featuresUpdated(Symbol symbol, Interval window, Duration took) {}

  @Override
  public void activeWindows(Symbol symbol, int windows) {}

  @Override
  public void evaluated(String adapter, Duration took) {}

  @Override
  public void signalEmitted(String name, String adapter) {}

  @Override
  public void inferenceFallback(String adapter, String reason, long evaluations) {}
}

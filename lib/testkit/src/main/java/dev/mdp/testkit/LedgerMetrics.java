package dev.mdp.testkit;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Adds up what is counted of the ledger and of late events, and nothing else. One thread.
public final class LedgerMetrics implements Metrics {
  private final Map<Outcome, Long> counted = new EnumMap<>(Outcome.class);

  private final List<String> late = new ArrayList<>();

  /// How many entries were counted with this outcome, over all providers.
  public long counted(Outcome outcome) {
    return counted.getOrDefault(outcome, 0L);
  }

  @Override
  public void ledger(String group, String provider, Outcome outcome, long events) {
    counted.merge(outcome, events, Long::sum);
  }

  @Override
  public void eventsIngested(String topic, String provider, long events) {}

  @Override
  public void consumerLag(String topic, String group, String consumer, Duration lag) {}

  @Override
  public void flushed(Interval interval, Symbol symbol, long bars) {}

  @Override
  public void windowLatency(Interval interval, Duration latency) {}

  @Override
  public void storeWrite(
      String table, Duration took, long inserted, long updated, long unchanged) {}

  @Override
  public void barsWritten(String method, String status, long bars, Duration took) {}

  @Override
  public void barsRevised(String provider, long bars) {}

  @Override
  public void ticksForwarded(String provider, long ticks) {}

  @Override
  public void tickForwardFailed(String provider, long ticks) {}

  @Override
  public void deadLetters(String topic, String reason, long letters) {}

  /// As `p SPY 1200ms`, in the order they were counted.
  public List<String> late() {
    return late;
  }

  @Override
  public void lateEvent(String group, String provider, Symbol symbol, Duration lateness) {
    late.add(provider + " " + symbol + " " + lateness.toMillis() + "ms");
  }

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {}

  @Override
  public void error(String component, String reason) {}

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

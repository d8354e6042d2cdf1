package dev.mdp.core.metrics;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.Outcome;
import java.time.Duration;

/// Counts nothing: for short commands, which no one scrapes.
public final class NoMetrics implements Metrics {
  @Override
  public void eventsIngested(String topic, String provider, long events) {}

  @Override
  public void consumerLag(String topic, String group, String consumer, Duration lag) {}

  @Override
  public void shardOwned(String topic, String group, int shard, long epoch) {}

  @Override
  public void ledger(String group, String provider, Outcome outcome, long events) {}

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

  @Override
  public void lateEvent(String group, String provider, Symbol symbol, Duration late) {}

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {}

  @Override
  public void error(String component, String reason) {}

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

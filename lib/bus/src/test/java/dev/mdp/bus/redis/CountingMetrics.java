package dev.mdp.bus.redis;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps what a bus counts.
final class CountingMetrics implements Metrics {
  final Map<String, Long> ingested = new ConcurrentHashMap<>();
  final Map<String, Long> deadLetters = new ConcurrentHashMap<>();

  @Override
  public void eventsIngested(String topic, String provider, long events) {
    ingested.merge(topic + ' ' + provider, events, Long::sum);
  }

  @Override
  public void deadLetters(String topic, String reason, long letters) {
    deadLetters.merge(topic + ' ' + reason, letters, Long::sum);
  }

  @Override
  public void deadLettersStored(String topic, long letters) {
    deadLetters.put(topic + " stored", letters);
  }

  @Override
  public void consumerLag(String topic, String group, String consumer, Duration lag) {
    throw notCountedHere();
  }

  @Override
  public void ledger(String group, String provider, Outcome outcome, long events) {
    throw notCountedHere();
  }

  @Override
  public void flushed(Interval interval, Symbol symbol, long bars) {
    throw notCountedHere();
  }

  @Override
  public void windowLatency(Interval interval, Duration latency) {
    throw notCountedHere();
  }

  @Override
  public void storeWrite(String table, Duration took, long inserted, long updated, long unchanged) {
    throw notCountedHere();
  }

  @Override
  public void barsWritten(String method, String status, long bars, Duration took) {
    throw notCountedHere();
  }

  @Override
  public void barsRevised(String provider, long bars) {
    throw notCountedHere();
  }

  @Override
  public void ticksForwarded(String provider, long ticks) {
    throw notCountedHere();
  }

  @Override
  public void tickForwardFailed(String provider, long ticks) {
    throw notCountedHere();
  }

  @Override
  public void lateEvent(String group, String provider, Symbol symbol, Duration late) {}

  @Override
  public void jobRun(String jobName, String provider, String mode, String status) {
    throw notCountedHere();
  }

  @Override
  public void error(String component, String reason) {
    throw notCountedHere();
  }

  private static AssertionError notCountedHere() {
    return new AssertionError("not the business of a bus");
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

package dev.mdp.bus.redis;

import dev.mdp.core.metrics.BusMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps what a bus counts.
final class CountingMetrics implements BusMetrics {
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
  public void error(String component, String reason) {
    throw notCountedHere();
  }

  private static AssertionError notCountedHere() {
    return new AssertionError("not the business of a bus");
  }
}

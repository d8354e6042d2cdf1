package dev.mdp.testkit;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.metrics.PipelineMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Adds up what is counted of the ledger and of late events, and nothing else. One thread.
public final class LedgerMetrics implements PipelineMetrics {
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

  /// As `p SPY 1200ms`, in the order they were counted.
  public List<String> late() {
    return late;
  }

  @Override
  public void lateEvent(String group, String provider, Symbol symbol, Duration lateness) {
    late.add(provider + " " + symbol + " " + lateness.toMillis() + "ms");
  }
}

package dev.mdp.pipeline;

import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.metrics.PipelineMetrics;

/// Counts what came to a ledger from one commit to the next. One thread.
public final class LedgerMeter {
  private final Counter counter;
  private LedgerCounts counted;

  /// Gets what came to an outcome.
  @FunctionalInterface
  public interface Counter {
    void count(String provider, Outcome outcome, long entries);
  }

  /// @param counted what of the run's ledger was counted already
  public LedgerMeter(String group, PipelineMetrics metrics, LedgerCounts counted) {
    this(
        counted, (provider, outcome, entries) -> metrics.ledger(group, provider, outcome, entries));
  }

  public LedgerMeter(LedgerCounts counted, Counter counter) {
    this.counted = counted;
    this.counter = counter;
  }

  /// This is committed now; `open` is a level and not counted.
  public void committed(LedgerCounts now) {
    now.byProvider()
        .forEach((provider, entry) ->
            entry
                .outcomes()
                .forEach((outcome, entries) -> {
                  long more = entries - before(provider, outcome);
                  if (more > 0 && outcome != Outcome.OPEN) {
                    counter.count(provider, outcome, more);
                  }
                }));
    counted = now;
  }

  private long before(String provider, Outcome outcome) {
    LedgerCounts.Entry entry = counted.byProvider().get(provider);
    return entry == null ? 0 : entry.outcomes().getOrDefault(outcome, 0L);
  }
}

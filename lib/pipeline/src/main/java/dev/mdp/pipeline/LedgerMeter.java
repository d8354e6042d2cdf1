package dev.mdp.pipeline;

import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.Outcome;

/// Counts what came to a ledger from one commit to the next. One thread.
public final class LedgerMeter {
  private final String group;
  private final Metrics metrics;
  private LedgerCounts counted;

  /// @param counted what of the run's ledger was counted already
  public LedgerMeter(String group, Metrics metrics, LedgerCounts counted) {
    this.group = group;
    this.metrics = metrics;
    this.counted = counted;
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
                    metrics.ledger(group, provider, outcome, more);
                  }
                }));
    counted = now;
  }

  private long before(String provider, Outcome outcome) {
    LedgerCounts.Entry entry = counted.byProvider().get(provider);
    return entry == null ? 0 : entry.outcomes().getOrDefault(outcome, 0L);
  }
}

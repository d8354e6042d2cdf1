package dev.mdp.core.ledger;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One shard's balance sheet of one run at one checkpoint, per provider: `read` is the sum of the
/// outcomes.
public record LedgerCounts(SortedMap<String, Entry> byProvider) {
  public static final LedgerCounts NONE = new LedgerCounts(new TreeMap<>());

  public LedgerCounts {
    byProvider = new TreeMap<>(byProvider);
  }

  /// @param read entries read; equals the sum of the outcomes, or the ledger does not add up
  public record Entry(long read, Map<Outcome, Long> outcomes) {
    public Entry {
      EnumMap<Outcome, Long> all = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        all.put(outcome, outcomes.getOrDefault(outcome, 0L));
      }
      outcomes = all;
    }

    /// Whether the outcomes make up what was read, and none is negative.
    public boolean addsUp() {
      return outcomes.values().stream().allMatch(entries -> entries >= 0)
          && read == outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// Entries read, over all providers.
  public long read() {
    return byProvider.values().stream().mapToLong(Entry::read).sum();
  }

  public boolean addsUp() {
    return byProvider.values().stream().allMatch(Entry::addsUp);
  }
}

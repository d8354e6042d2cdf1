package dev.mdp.runtime;

import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Ledgers of several shards and providers as one line for people.
///
/// @param read entries read
public record Balance(long read, Map<Outcome, Long> outcomes) {
  public static Balance of(List<LedgerCounts> ledgers) {
    EnumMap<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    long read = 0;
    for (LedgerCounts ledger : ledgers) {
      for (LedgerCounts.Entry entry : ledger.byProvider().values()) {
        read += entry.read();
        entry.outcomes().forEach((outcome, entries) -> sums.merge(outcome, entries, Long::sum));
      }
    }
    return new Balance(read, sums);
  }

  public long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /// `read 60 = 54 aggregated + 6 open`: every outcome that is not zero.
  public String line(Map<Outcome, String> words) {
    StringBuilder line = new StringBuilder("read ").append(read).append(" =");
    String sign = " ";
    for (Outcome outcome : Outcome.values()) {
      long entries = of(outcome);
      if (entries != 0 || outcome == Outcome.AGGREGATED) {
        line.append(sign)
            .append(entries)
            .append(' ')
            .append(words.getOrDefault(outcome, outcome.word()));
        sign = " + ";
      }
    }
    return line.toString();
  }
}

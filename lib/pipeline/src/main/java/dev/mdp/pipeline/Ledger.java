package dev.mdp.pipeline;

import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The balance sheet of one shard in one run: every entry read has exactly one outcome, per
/// provider. One thread.
///
/// Anyone may write to the stream, under any name: this many providers have their own account, what
/// the others send is counted under [#OTHER].
public final class Ledger {
  public static final int MAX_PROVIDERS = 200;
  public static final String OTHER = "other";

  private final SortedMap<String, Account> accounts = new TreeMap<>();
  private String lastProvider = "";
  private Account lastAccount = new Account();

  /// One entry was read and classified.
  public void count(String provider, Outcome outcome) {
    Account account = account(provider);
    account.read++;
    account.outcomes[outcome.ordinal()]++;
  }

  public void count(String provider, Outcome outcome, long entries) {
    Account account = account(provider);
    account.read += entries;
    account.outcomes[outcome.ordinal()] += entries;
  }

  /// Entries that were open are in an emitted window now.
  public void emitted(String provider, long entries) {
    Account account = account(provider);
    account.outcomes[Outcome.OPEN.ordinal()] -= entries;
    account.outcomes[Outcome.AGGREGATED.ordinal()] += entries;
  }

  public LedgerCounts snapshot() {
    SortedMap<String, LedgerCounts.Entry> all = new TreeMap<>();
    for (Map.Entry<String, Account> each : accounts.entrySet()) {
      Account account = each.getValue();
      EnumMap<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(outcome, account.outcomes[outcome.ordinal()]);
      }
      all.put(each.getKey(), new LedgerCounts.Entry(account.read, outcomes));
    }
    return new LedgerCounts(all);
  }

  /// A ledger that continues from a committed one after the memory of the windows was discarded:
  /// what was open comes again as recovered and is written with its window, so it counts as
  /// aggregated from here on.
  public static Ledger goOn(LedgerCounts committed) {
    Ledger ledger = copyOf(committed);
    ledger
        .accounts
        .values()
        .forEach(account -> {
          account.outcomes[Outcome.AGGREGATED.ordinal()] +=
              account.outcomes[Outcome.OPEN.ordinal()];
          account.outcomes[Outcome.OPEN.ordinal()] = 0;
        });
    return ledger;
  }

  /// The same counts in its own ledger.
  public static Ledger copyOf(LedgerCounts counts) {
    Ledger ledger = new Ledger();
    counts
        .byProvider()
        .forEach((provider, entry) -> {
          Account account = ledger.accounts.computeIfAbsent(provider, _ -> new Account());
          account.read += entry.read();
          entry
              .outcomes()
              .forEach((outcome, entries) -> account.outcomes[outcome.ordinal()] += entries);
        });
    return ledger;
  }

  private Account account(String provider) {
    if (!lastProvider.equals(provider)) {
      Account known = accounts.get(provider);
      if (known == null) {
        String name = accounts.size() < MAX_PROVIDERS ? provider : OTHER;
        known = accounts.computeIfAbsent(name, _ -> new Account());
      }
      lastAccount = known;
      lastProvider = provider;
    }
    return lastAccount;
  }

  private static final class Account {
    private long read;
    private final long[] outcomes = new long[Outcome.values().length];
  }
}

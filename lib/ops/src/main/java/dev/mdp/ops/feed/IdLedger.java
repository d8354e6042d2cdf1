package dev.mdp.ops.feed;

import dev.mdp.core.feed.IdRange;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The ids of a series: each is stored, or has the word for why it is not. One thread.
public final class IdLedger {
  private final Optional<IdRange> ids;
  private final long rows;
  private final long stored;
  private final EnumMap<IdWord, Long> missing = new EnumMap<>(IdWord.class);

  /// @param ids those that there should be; empty when the ids prove nothing, or there are none
  /// @param rows how many trades are stored
  /// @param stored how many different ids they have
  IdLedger(Optional<IdRange> ids, long rows, long stored) {
    this.ids = ids;
    this.rows = rows;
    this.stored = stored;
  }

  void add(MissingIds more) {
    missing.merge(more.word(), more.ids().size(), Long::sum);
  }

  public Optional<IdRange> ids() {
    return ids;
  }

  /// How many there should be.
  public long expected() {
    return ids.map(IdRange::size).orElse(0L);
  }

  public long stored() {
    return stored;
  }

  /// Trades whose id another stored trade has at another time.
  public long twice() {
    return rows - stored;
  }

  public long of(IdWord word) {
    return missing.getOrDefault(word, 0L);
  }

  public long missing() {
    return missing.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Missing ids about which someone has to do something, and trades that are there twice.
  public long findings() {
    return twice()
        + missing.entrySet().stream()
            .filter(each -> each.getKey().isFinding())
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  /// Whether what is stored and what is missing is what there should be.
  public boolean addsUp() {
    return ids.isEmpty() || expected() == stored + missing();
  }
}

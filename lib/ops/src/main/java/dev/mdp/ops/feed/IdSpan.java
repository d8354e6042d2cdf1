package dev.mdp.ops.feed;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import java.util.Optional;

/// Between which trades every id is to be there: stored ones outside the time that is looked at;
/// where there is none, the neighbours of the first and the last id that is known.
///
/// @param below its time is at or before that of the first id
/// @param above its time is at or after that of the last id
/// @param beforeFirstStored ids up to it are below every stored trade; `Long.MIN_VALUE` when a
///   trade before them is stored
record IdSpan(TradeMark below, TradeMark above, long beforeFirstStored) {

  /// Empty for a series that has had no trade.
  static Optional<IdSpan> of(AuditedSeries series, StoredTrades stored) {
    Optional<FeedCursor> cursor = series.cursor();
    Optional<TradeRun> run = stored.run();
    if (cursor.isEmpty() && run.isEmpty() && stored.below().isEmpty() && stored.above().isEmpty()) {
      return Optional.empty();
    }
    TradeMark below = stored.below().orElseGet(() -> beforeFirst(series, stored));
    TradeMark above = stored.above().orElseGet(() -> afterLast(series, stored, below));
    return Optional.of(new IdSpan(below, above, beforeFirstStored(series, stored, above)));
  }

  /// Empty when no id is between them.
  Optional<IdRange> ids() {
    return below.id() + 1 < above.id()
        ? Optional.of(new IdRange(below.id() + 1, above.id() - 1))
        : Optional.empty();
  }

  private static TradeMark beforeFirst(AuditedSeries series, StoredTrades stored) {
    long id = stored.above().map(TradeMark::id).orElse(Long.MAX_VALUE);
    long micros = series.begunMicros();
    if (series.cursor().isPresent()) {
      id = Math.min(id, series.cursor().get().firstId());
      micros = Math.min(micros, series.cursor().get().head().micros());
    }
    if (stored.run().isPresent()) {
      id = Math.min(id, stored.run().get().first().id());
      micros = Math.min(micros, stored.run().get().first().micros());
    }
    return new TradeMark(id - 1, micros);
  }

  private static TradeMark afterLast(AuditedSeries series, StoredTrades stored, TradeMark below) {
    long id = below.id();
    long micros = below.micros();
    if (series.cursor().isPresent()) {
      id = Math.max(id, series.cursor().get().head().id());
      micros = Math.max(micros, series.cursor().get().head().micros());
    }
    if (stored.run().isPresent()) {
      id = Math.max(id, stored.run().get().last().id());
      micros = Math.max(micros, stored.run().get().last().micros());
    }
    return new TradeMark(id + 1, micros);
  }

  private static long beforeFirstStored(
      AuditedSeries series, StoredTrades stored, TradeMark above) {
    if (stored.below().isPresent()) {
      return Long.MIN_VALUE;
    }
    if (stored.run().isPresent()) {
      return stored.run().get().first().id() - 1;
    }
    boolean isOld = stored.above().isPresent() || above.micros() < series.oldestTickMicros();
    return isOld ? above.id() - 1 : Long.MIN_VALUE;
  }
}

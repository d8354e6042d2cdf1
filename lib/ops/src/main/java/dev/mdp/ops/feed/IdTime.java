package dev.mdp.ops.feed;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeRun;
import java.util.Optional;

/// What the ids of a series say of its seconds: quiet between two stored trades, but for the
/// missing ones; and of the others nothing. It keeps only holes around a second without a trade.
/// One thread.
final class IdTime {
  private final PaintedTime<TimeWord> time = new PaintedTime<>(TimeWord.UNPROVED);
  private final Optional<TradeRun> run;
  private final long lastKnown;

  IdTime(AuditedSeries series, StoredTrades stored) {
    this.run = stored.run();
    long first =
        stored.below().isPresent()
            ? Long.MIN_VALUE
            : run.map(TradeRun::first).or(stored::above).map(mark -> mark.micros()).orElse(0L);
    long last =
        stored.above().isPresent()
            ? Long.MAX_VALUE
            : run.map(TradeRun::last)
                .or(stored::below)
                .map(mark -> mark.micros())
                .orElse(Long.MIN_VALUE);
    this.lastKnown = Seconds.after(last);
    if (series.isProvable() && last != Long.MIN_VALUE) {
      time.paint(Seconds.of(first), lastKnown, TimeWord.QUIET);
    }
  }

  /// The first second after the last stored trade.
  long lastKnown() {
    return lastKnown;
  }

  /// Trades are missing between these times.
  void add(IdWord why, long fromMicros, long toMicros) {
    TimeWord word = TimeWord.of(why);
    long to = Seconds.after(toMicros);
    long at = Seconds.of(fromMicros);
    if (word == TimeWord.QUIET || to - at <= 2 && isBetweenStored(fromMicros, toMicros)) {
      return;
    }
    while (at < to) {
      long end = Math.min(to, time.until(at));
      if (word.compareTo(time.at(at)) < 0) {
        time.paint(at, end, word);
      }
      at = end;
    }
  }

  /// Whether both seconds have a trade, so that it does not matter what is missing in them.
  private boolean isBetweenStored(long fromMicros, long toMicros) {
    return run.isPresent()
        && run.get().first().micros() <= fromMicros
        && toMicros <= run.get().last().micros();
  }

  PaintedTime<TimeWord> words() {
    return time;
  }
}

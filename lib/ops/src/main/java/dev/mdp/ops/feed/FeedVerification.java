package dev.mdp.ops.feed;

import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes the ledgers of ids and of time of each series. Its memory grows neither with the ids nor
/// with the seconds, only with the holes that are longer than a second. One use, one thread.
public final class FeedVerification {
  private final FeedAudit.Look look;
  private final Optional<TradingCalendar> calendar;
  private final Consumer<MissingIds> missing;

  /// @param look is not closed
  /// @param calendar when the market of all series is open; without one it always is
  /// @param missing takes what is missing, series by series and by its ids
  public FeedVerification(
      FeedAudit.Look look, Optional<TradingCalendar> calendar, Consumer<MissingIds> missing) {
    this.look = look;
    this.calendar = calendar;
    this.missing = missing;
  }

  /// Hands over one proof after the other. Throws [IllegalStateException] for a ledger that does
  /// not add up.
  public void run(Consumer<SeriesProof> proofs) {
    for (AuditedSeries series : look.series()) {
      proofs.accept(prove(series).requireSums());
    }
  }

  private SeriesProof prove(AuditedSeries series) {
    StoredTrades stored = look.stored(series);
    IdTime idTime = new IdTime(series, stored);
    IdLedger ids =
        series.isProvable() ? ids(series, stored, idTime) : unproved(series, stored, idTime);
    return new SeriesProof(series, ids, time(series, idTime));
  }

  private IdLedger ids(AuditedSeries series, StoredTrades stored, IdTime idTime) {
    Optional<IdSpan> span = IdSpan.of(series, stored);
    IdLedger ledger = new IdLedger(span.flatMap(IdSpan::ids), stored.rows(), stored.ids());
    if (span.isPresent()) {
      MissingSweep sweep =
          new MissingSweep(
              series,
              span.get().beforeFirstStored(),
              each -> {
                ledger.add(each);
                idTime.add(each.word(), each.fromMicros(), each.toMicros());
                missing.accept(each);
              });
      look.evidence(series, stored, span.get().below(), span.get().above(), sweep);
      sweep.end();
    }
    return ledger;
  }

  /// Where ids prove nothing, there are only the holes that the feed itself noted.
  private IdLedger unproved(AuditedSeries series, StoredTrades stored, IdTime idTime) {
    look.evidence(
        series,
        stored,
        new TradeMark(Long.MIN_VALUE, series.fromMicros()),
        new TradeMark(Long.MAX_VALUE, series.toMicros()),
        evidence -> {
          if (evidence instanceof IdEvidence.Noted(long _, var gap)
              && gap.state() != GapState.FILLED) {
            idTime.add(IdWord.of(gap.state()), gap.below().micros(), gap.above().micros());
          }
        });
    return new IdLedger(Optional.empty(), stored.rows(), stored.rows());
  }

  private TimeLedger time(AuditedSeries series, IdTime idTime) {
    TimeLedger ledger =
        new TimeLedger(Seconds.of(series.fromMicros()), Seconds.of(series.toMicros()));
    PauseWords words =
        new PauseWords(
            ClosedTime.of(calendar, ledger.from(), ledger.to()),
            idTime.words(),
            StateTime.of(series, look.states(series), idTime.lastKnown()),
            Seconds.of(look.nowMicros()));
    look.pauses(series, pause -> words.count(pause, ledger));
    ledger.add(TimeWord.TRADES, look.tradeSeconds(series));
    return ledger;
  }
}

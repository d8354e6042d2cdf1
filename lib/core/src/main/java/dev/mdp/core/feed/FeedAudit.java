package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads what the tables have of live feeds, so that their completeness can be proved. Thread-safe;
/// each look has its own connection until it is closed. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface FeedAudit {
  /// Begins to look at one moment: in one read-only snapshot.
  ///
  /// @param pendingOk for how long trades may be on their way into the table
  /// @param wait how long to wait at most for a moment in which all that feeds noted is stored
  Look begin(Scope scope, Duration pendingOk, Duration wait);

  /// Which series and which time.
  ///
  /// @param symbols only these, or all when empty
  /// @param fromMicros the first microsecond, of a whole second; empty for the beginning of each
  ///   series
  /// @param toMicros exclusive, of a whole second
  record Scope(
      Optional<String> provider, List<Symbol> symbols, Optional<Long> fromMicros, long toMicros) {
    public Scope {
      symbols = List.copyOf(symbols);
    }
  }

  /// What there was at one moment. One thread.
  interface Look extends AutoCloseable {
    /// That moment, by the database's clock.
    long nowMicros();

    /// By provider, symbol and epoch; those that were there in the time of the scope.
    List<AuditedSeries> series();

    /// Which trades of the series' time are stored.
    StoredTrades stored(AuditedSeries series);

    /// Ids between two trades that are not stored, and noted holes that touch them; by their first
    /// id, of two with the same one the missing ids before the noted hole. Of a series whose ids
    /// prove nothing only the noted holes.
    ///
    /// @param stored what [#stored] returned
    /// @param below a trade below the first id that is looked for
    /// @param above a trade above the last one
    void evidence(
        AuditedSeries series,
        StoredTrades stored,
        TradeMark below,
        TradeMark above,
        Consumer<IdEvidence> to);

    /// The whole seconds of the series' time without a trade; ascending.
    void pauses(AuditedSeries series, Consumer<TradePause> to);

    /// How many seconds of the series' time have a trade, counted apart from the pauses.
    long tradeSeconds(AuditedSeries series);

    /// What the series was to the feed, so far as it touches the series' time, and the last state
    /// before that; by their beginning.
    List<FeedInterval> states(AuditedSeries series);

    @Override
    void close();
  }
}

package dev.mdp.core.audit;

import java.util.List;
import java.util.function.Consumer;

/// Finds trades that are stored under two times, and moves the copy that is too many out of the
/// ticks. Thread-safe; each search has its own connection until it is closed.
public interface TwiceAudit {
  /// Begins to look through the ticks of every series of the scope that has contiguous ids, in one
  /// read-only snapshot. A trade is found when one of its copies is in the scope and the other not
  /// more than a minute outside.
  Search begin(AuditScope scope);

  /// Moves the other copy of each trade to the corrections and writes the bars of both times again;
  /// in one transaction that no worker's commit can come between. A trade whose copies have changed
  /// since they were found is left alone; so is one with a window that is not sealed yet, or whose
  /// shard's ticks are behind its bars.
  ///
  /// @param runId the job run that is recorded with the corrections and the bars
  Moved move(List<TwiceTrade> trades, long runId);

  /// @param trades whose other copy was moved
  /// @param bars that were written again or removed
  /// @param waiting trades that were left alone because a window is open or ticks are behind
  record Moved(long trades, long bars, long waiting) {
    public static final Moved NONE = new Moved(0, 0, 0);

    public Moved plus(Moved more) {
      return new Moved(trades + more.trades, bars + more.bars, waiting + more.waiting);
    }
  }

  /// One search, piece by piece, in memory that grows with the holes of a series and not with its
  /// ticks. One thread.
  interface Search extends AutoCloseable {
    /// Looks through the next piece and hands over what it found. Returns whether there was one.
    boolean next(Consumer<TwiceTrade> found);

    /// How much is done, from 0 to 1.
    double progress();

    @Override
    void close();
  }
}

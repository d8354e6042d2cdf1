package dev.mdp.core.audit;

import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Recomputes stored bars from stored ticks and reports where they differ. Thread-safe; each pass
/// has its own connection until it is closed.
public interface BarAudit {
  /// Waits until the ticks have come as far as the bars in every shard that matters, and with
  /// `sealed` until no window of the scope is open either; at most this long. Returns whether it is
  /// so.
  boolean await(AuditScope scope, boolean sealed, Duration atMost) throws InterruptedException;

  /// Begins to compare, in one read-only snapshot: bars, ticks and checkpoints are of one moment.
  ///
  /// @param pendingOk for how long a window may be [BarVerdict#PENDING] before it is
  ///   [BarVerdict#UNVERIFIED]
  Pass begin(AuditScope scope, Duration pendingOk);

  /// Begins to make bars of the scope's intervals from stored bars of a finer one: those that are
  /// not there and whose ticks are gone. Each comes as [BarVerdict#UNBUILT]. Its volume and vwap
  /// are made from rounded ones, so they may differ in their last digits from what the ticks gave.
  Pass beginFiner(AuditScope scope, Interval finer);

  /// Writes what the ticks give in place of the bars that were found to differ, each with the next
  /// revision; in one transaction that no worker's commit can come between. A bar that has changed
  /// since it was judged, or whose window is not sealed any more, is left alone.
  ///
  /// @param runId the job run that is recorded with the bars
  /// @param allowShrink whether a bar may be replaced by one of fewer ticks, or removed
  Repaired repair(List<BarFinding> findings, long runId, boolean allowShrink);

  /// @param written bars that were replaced or added
  /// @param removed bars without ticks that were deleted
  /// @param shrinking bars that were left alone because they would have lost ticks
  /// @param moved bars that were left alone because someone was faster
  record Repaired(long written, long removed, long shrinking, long moved) {
    public static final Repaired NONE = new Repaired(0, 0, 0, 0);

    public Repaired plus(Repaired other) {
      return new Repaired(
          written + other.written,
          removed + other.removed,
          shrinking + other.shrinking,
          moved + other.moved);
    }
  }

  /// One comparison, slice by slice, in memory that does not grow with the range. One thread.
  interface Pass extends AutoCloseable {
    /// Compares the next slice; hands over every difference that is no `pending` window. Answers
    /// whether there was one.
    boolean next(Consumer<BarFinding> different);

    /// What was counted so far.
    AuditCounts counts();

    /// How much is done, from 0 to 1.
    double progress();

    /// How many shards have bars of entries whose ticks will not come by themselves: a finding even
    /// where no window of the scope shows it.
    int unverifiedShards();

    /// What a person should know of windows that could not be judged; one line each.
    List<String> notes();

    @Override
    void close();
  }
}

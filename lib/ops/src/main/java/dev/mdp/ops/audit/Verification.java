package dev.mdp.ops.audit;

import dev.mdp.core.audit.AuditCounts;
import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.BarAudit.Repaired;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.audit.TwiceAudit;
import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One comparison of a scope from its beginning to its end, with the repair of what is found. One
/// use, one thread.
public final class Verification {
  private static final int WRITTEN_AT_ONCE = 2_000;

  private final BarAudit audit;
  private final TwiceAudit doubles;
  private final AuditScope scope;
  private final Duration pendingOk;
  private final Writes writes;
  private final List<BarFinding> toRepair = new ArrayList<>();
  private final List<BarFinding> toBuild = new ArrayList<>();
  private Repaired repaired = Repaired.NONE;
  private Repaired built = Repaired.NONE;
  private volatile long written;

  /// What may be written.
  ///
  /// @param repair bars that were found to differ
  /// @param build bars of windows that no worker owed
  /// @param allowShrink also bars of fewer ticks, and none in place of one without ticks; and of a
  ///   trade that is stored twice, the copy that is too many is moved out of the ticks
  /// @param finer where ticks are gone, build from stored bars of this interval
  public record Writes(
      boolean repair, boolean build, boolean allowShrink, Optional<Interval> finer) {
    public boolean any() {
      return repair || build;
    }

    boolean moves() {
      return repair && allowShrink;
    }
  }

  /// @param pendingOk for how long a window may be pending
  public Verification(
      BarAudit audit, TwiceAudit doubles, AuditScope scope, Duration pendingOk, Writes writes) {
    this.pendingOk = pendingOk;
    this.audit = audit;
    this.doubles = doubles;
    this.scope = scope;
    this.writes = writes;
  }

  /// What was counted, and what was written because of it.
  ///
  /// @param unverifiedShards shards whose ticks will not come by themselves
  public record Result(
      AuditCounts counts,
      Repaired repaired,
      Repaired built,
      TwiceResult twice,
      int unverifiedShards,
      List<String> notes) {
    public boolean isClean() {
      return left() == 0 && twice.left() == 0 && unverifiedShards == 0;
    }

    /// Findings that are still there.
    public long left() {
      return counts.findings() - repaired.written() - repaired.removed();
    }
  }

  /// Looks for trades that are stored twice before it compares bars: those are then what the ticks
  /// that are left give.
  ///
  /// @param runId the job run that is recorded with the bars
  public Result run(long runId, AuditFindings finding, AuditListener progress) {
    TwiceResult twice =
        new TwiceCheck(doubles, scope, writes.moves()).run(runId, finding::twice, progress);
    try (BarAudit.Pass pass = audit.begin(scope, pendingOk)) {
      while (pass.next(
          one -> {
            if (one.verdict().isFinding()) {
              finding.bar(one);
            }
            take(one, runId);
          })) {
        progress.show(pass);
      }
      repair(runId);
      build(runId);
      List<String> notes = new ArrayList<>(pass.notes());
      writes.finer().ifPresent(finer -> notes.addAll(buildFrom(finer, runId, progress)));
      return new Result(pass.counts(), repaired, built, twice, pass.unverifiedShards(), notes);
    } finally {
      progress.clear();
    }
  }

  /// How many bars were written or removed so far. Any thread.
  public long written() {
    return written;
  }

  private List<String> buildFrom(Interval finer, long runId, AuditListener progress) {
    try (BarAudit.Pass pass = audit.beginFiner(scope, finer)) {
      while (pass.next(one -> take(one, runId))) {
        progress.show(pass);
      }
      build(runId);
      return pass.notes();
    }
  }

  private void take(BarFinding one, long runId) {
    boolean missing = one.verdict() == BarVerdict.MISSING;
    if (writes.repair() && one.verdict().isRepairable() || writes.build() && missing) {
      toRepair.add(one);
      if (toRepair.size() >= WRITTEN_AT_ONCE) {
        repair(runId);
      }
    } else if (writes.build() && one.verdict() == BarVerdict.UNBUILT) {
      toBuild.add(one);
      if (toBuild.size() >= WRITTEN_AT_ONCE) {
        build(runId);
      }
    }
  }

  private void repair(long runId) {
    if (!toRepair.isEmpty()) {
      repaired = repaired.plus(audit.repair(toRepair, runId, writes.allowShrink()));
      toRepair.clear();
      count();
    }
  }

  private void build(long runId) {
    if (!toBuild.isEmpty()) {
      built = built.plus(audit.repair(toBuild, runId, false));
      toBuild.clear();
      count();
    }
  }

  private void count() {
    Repaired all = repaired.plus(built);
    written = all.written() + all.removed();
  }
}

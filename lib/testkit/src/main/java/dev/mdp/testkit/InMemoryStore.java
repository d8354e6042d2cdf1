package dev.mdp.testkit;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Commits;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.EvaluationState;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Leases;
import dev.mdp.core.checkpoint.LowWaterMarks;
import dev.mdp.core.checkpoint.Members;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.PendingRepairs;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Bars and checkpoints in memory with the rules of the real tables: leases by its own clock, the
/// fence, the guard of the trade count. Faults come before and after a commit takes effect. One
/// thread.
public final class InMemoryStore implements Leases, Commits {
  /// More commits than one claim ever makes.
  private static final long COMMITS_OF_A_CLAIM = 1_000_000;

  private final ManualClock clock;
  private final Faults faults;
  private final Map<CheckpointKey, InMemoryRow> rows = new LinkedHashMap<>();
  private final InMemoryBars bars = new InMemoryBars();
  private final Map<Long, LedgerCounts> ledgers = new HashMap<>();
  private final InMemoryEvaluations evaluations = new InMemoryEvaluations();
  private final InMemoryRepairs pending = new InMemoryRepairs();
  private final InMemoryMarks marks;
  private final InMemoryMembers members;
  private final InMemoryAdmin admin;

  /// Does not go back with what is stored.
  private long claims;

  /// What the tables held at one moment.
  public static final class Snapshot {
    private final Map<CheckpointKey, InMemoryRow> rows = new LinkedHashMap<>();
    private final InMemoryBars bars;
    private final Map<Long, LedgerCounts> ledgers;
    private final Map<String, Instant> members;
    private final InMemoryRepairs pending;

    private Snapshot(InMemoryStore of) {
      pending = of.pending.copy();
      of.rows.forEach((key, row) -> rows.put(key, row.copy()));
      bars = of.bars.copy();
      ledgers = Map.copyOf(of.ledgers);
      members = of.members.copy();
    }
  }

  public Checkpoints checkpoints() {
    return new Checkpoints(this, this, marks, admin);
  }

  public LowWaterMarks marks() {
    return marks;
  }

  public Members members() {
    return members;
  }

  public CheckpointAdmin admin() {
    return admin;
  }

  public Snapshot snapshot() {
    return new Snapshot(this);
  }

  /// Goes back, as a server does that was restored from a backup and started.
  public void restore(Snapshot snapshot) {
    marks.restarted();
    rows.clear();
    snapshot.rows.forEach((key, row) -> rows.put(key, row.copy()));
    bars.become(snapshot.bars);
    ledgers.clear();
    ledgers.putAll(snapshot.ledgers);
    members.become(snapshot.members);
    pending.become(snapshot.pending);
  }

  /// The windows that are to be computed again, by these ticks.
  ///
  /// @param ticksStored how far the ticks of a shard are stored
  /// @param now by which a lane is quiet for long enough
  public PendingRepairs repairs(
      InMemoryTicks ticks, Function<CheckpointKey, Position> ticksStored, InstantSource now) {
    return new PendingRepairs() {
      @Override
      public Ready ready(CheckpointKey key, int limit) {
        faults.at("repairs");
        return pending.ready(key, limit, ticksStored.apply(key), now.instant());
      }

      @Override
      public List<Bar> recompute(List<PendingRepair> windows) {
        faults.at("recompute");
        return windows.stream()
            .flatMap(window -> InMemoryRepairs.recompute(window, ticks.rows().values()).stream())
            .toList();
      }
    };
  }

  /// How many windows are to be computed again.
  public long pendingRepairs() {
    return pending.count();
  }

  public InMemoryStore(ManualClock clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
    this.marks = new InMemoryMarks(rows, faults);
    this.members = new InMemoryMembers(rows, clock, faults);
    this.admin = new InMemoryAdmin(rows, clock, faults);
  }

  public Collection<Bar> bars() {
    return bars.all();
  }

  public int revision(InMemoryBars.BarKey key) {
    return bars.revision(key);
  }

  /// The last committed ledger of every run, by its id; one shard a run.
  public Map<Long, LedgerCounts> ledgers() {
    return ledgers;
  }

  public Checkpoint checkpoint(CheckpointKey key) {
    InMemoryRow row = rows.get(key);
    return row == null ? Checkpoint.EMPTY : row.checkpoint;
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    faults.at("claim");
    InMemoryRow row = rows.computeIfAbsent(request.key(), _ -> new InMemoryRow());
    request.requireNoneDropped(row.intervals);
    if (row.owner != null
        && !request.takeOver()
        && !row.owner.equals(request.owner())
        && clock.instant().isBefore(row.until)) {
      return new ClaimResult.Held(row.owner, row.until);
    }
    List<Interval> built = row.intervals;
    row.shards = request.shards();
    row.epoch++;
    row.commitSeq = ++claims * COMMITS_OF_A_CLAIM;
    row.owner = request.owner();
    row.lease = request.lease();
    row.until = clock.instant().plus(request.lease());
    row.intervals = built.stream().filter(request.intervals()::contains).toList();
    row.claimedIntervals = request.intervals();
    ClaimResult claimed =
        new ClaimResult.Claimed(
            lease(request.key(), row),
            row.checkpoint,
            row.fresh,
            built,
            ledgers.getOrDefault(request.runId(), LedgerCounts.NONE));
    faults.at("claim.after");
    return claimed;
  }

  @Override
  public void requireClaimable(ClaimRequest request) {
    faults.at("claimable");
    InMemoryRow row = rows.get(request.key());
    if (row != null) {
      request.requireNoneDropped(row.intervals);
    }
  }

  @Override
  public Lease renew(Lease lease) {
    faults.at("renew");
    InMemoryRow row = fence(lease);
    row.until = clock.instant().plus(row.lease);
    Lease renewed = lease(lease.key(), row);
    faults.at("renew.after");
    return renewed;
  }

  @Override
  public void release(Lease lease) {
    faults.at("release");
    InMemoryRow row = rows.get(lease.key());
    if (row != null && row.epoch == lease.epoch() && lease.owner().equals(row.owner)) {
      row.owner = null;
      row.until = Instant.EPOCH;
    }
    faults.at("release.after");
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint next, FencedWrite write, RunProgress progress) {
    faults.at("commit.before");
    InMemoryRow row = fence(lease);
    requireForward(row, next);
    return switch (write) {
      case FencedWrite.Bars(var offered, var repairs) -> {
        List<Bar> conflicting = new ArrayList<>();
        WriteResult written = bars.write(offered, conflicting);
        pending.write(lease.key(), repairs, clock.instant());
        Checkpoint counted = next.withConflicting(conflicting);
        yield committed(lease, row, counted, progress, written, conflicting);
      }
      case Evaluated evaluated -> {
        evaluations.write(lease.key(), evaluated);
        yield committed(lease, row, next, progress, WriteResult.NONE, List.of());
      }
    };
  }

  @Override
  public EvaluationState evaluationState(CheckpointKey key) {
    faults.at("evaluations");
    return evaluations.read(key);
  }

  /// The signals and what evaluations have left.
  public InMemoryEvaluations evaluations() {
    return evaluations;
  }

  private CommitResult committed(
      Lease lease,
      InMemoryRow row,
      Checkpoint next,
      RunProgress progress,
      WriteResult written,
      List<Bar> conflicting) {
    ledgers.put(progress.runId(), progress.ledger());
    row.commitSeq++;
    row.checkpoint = next;
    row.intervals = row.claimedIntervals;
    row.fresh = false;
    row.until = clock.instant().plus(row.lease);
    CommitResult result = new CommitResult(lease(lease.key(), row), written, conflicting);
    faults.at("commit.after");
    return result;
  }

  private static void requireForward(InMemoryRow row, Checkpoint next) {
    if (!next.ledger().addsUp()) {
      throw new AssertionError("the ledger does not add up: " + next.ledger());
    }
    if (row.checkpoint.position().isAfter(next.position())
        || row.checkpoint.resumePosition().isAfter(next.resumePosition())) {
      throw new AssertionError("the checkpoint goes back: " + row.checkpoint + " to " + next);
    }
  }

  private InMemoryRow fence(Lease lease) {
    InMemoryRow row = rows.get(lease.key());
    if (row == null
        || row.epoch != lease.epoch()
        || row.commitSeq != lease.commitSeq()
        || !lease.owner().equals(row.owner)) {
      throw new FencedException(lease.key() + ": epoch " + lease.epoch() + " is over");
    }
    return row;
  }

  private static Lease lease(CheckpointKey key, InMemoryRow row) {
    return new Lease(key, row.owner == null ? "" : row.owner, row.epoch, row.commitSeq, row.until);
  }
}

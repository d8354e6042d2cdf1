package dev.mdp.testkit;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.CheckpointStatus;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.ClaimRequest;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Evaluated;
import dev.mdp.core.store.EvaluationState;
import dev.mdp.core.store.JudgedBy;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.Members;
import dev.mdp.core.store.RunProgress;
import dev.mdp.core.store.StoredMarks;
import dev.mdp.core.store.StoredMarks.Alignment;
import dev.mdp.core.store.StoredMarks.Mark;
import dev.mdp.core.store.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Bars and checkpoints in memory with the rules of the real tables: leases by its own clock, the
/// fence, the guard of the trade count. Faults come before and after a commit takes effect. One
/// thread.
public final class InMemoryStore implements Checkpoints, Members {
  private final ManualClock clock;
  private final Faults faults;
  private final Map<CheckpointKey, Row> rows = new LinkedHashMap<>();
  private final Map<BarKey, Stored> bars = new HashMap<>();
  private final Map<Long, LedgerCounts> ledgers = new HashMap<>();
  private final InMemoryEvaluations evaluations = new InMemoryEvaluations();
  private final Map<String, Instant> members = new HashMap<>();

  /// How often the server was started.
  private int incarnation = 1;

  /// The primary key of a bar.
  public record BarKey(String provider, Symbol symbol, Interval interval, long startMicros) {}

  private record Stored(Bar bar, int revision) {}

  private static final class Row {
    private int shards;
    private long epoch;
    private long commitSeq;
    private @Nullable String owner;
    private Instant until = Instant.EPOCH;
    private Duration lease = Duration.ZERO;
    private List<Interval> intervals = List.of();
    private List<Interval> claimedIntervals = List.of();
    private Checkpoint checkpoint = Checkpoint.EMPTY;
    private boolean fresh = true;
    private JudgedBy noted = JudgedBy.UNKNOWN;
    private Alignment alignment = Alignment.NONE;

    Row copy() {
      Row copy = new Row();
      copy.shards = shards;
      copy.epoch = epoch;
      copy.commitSeq = commitSeq;
      copy.owner = owner;
      copy.until = until;
      copy.lease = lease;
      copy.intervals = intervals;
      copy.claimedIntervals = claimedIntervals;
      copy.checkpoint = checkpoint;
      copy.fresh = fresh;
      copy.noted = noted;
      copy.alignment = alignment;
      return copy;
    }

    private Checkpoint withNoted() {
      return new Checkpoint(
          checkpoint.position(),
          checkpoint.resumePosition(),
          checkpoint.anchor(),
          checkpoint.gapUntil(),
          checkpoint.lanes(),
          checkpoint.ledger(),
          noted);
    }
  }

  /// What the tables held at one moment.
  public static final class Snapshot {
    private final Map<CheckpointKey, Row> rows = new LinkedHashMap<>();
    private final Map<BarKey, Stored> bars;
    private final Map<Long, LedgerCounts> ledgers;
    private final Map<String, Instant> members;

    private Snapshot(InMemoryStore of) {
      of.rows.forEach((key, row) -> rows.put(key, row.copy()));
      bars = Map.copyOf(of.bars);
      ledgers = Map.copyOf(of.ledgers);
      members = Map.copyOf(of.members);
    }
  }

  public Snapshot snapshot() {
    return new Snapshot(this);
  }

  /// Goes back, as a server does that was restored from a backup and started.
  public void restore(Snapshot snapshot) {
    incarnation++;
    rows.clear();
    snapshot.rows.forEach((key, row) -> rows.put(key, row.copy()));
    bars.clear();
    bars.putAll(snapshot.bars);
    ledgers.clear();
    ledgers.putAll(snapshot.ledgers);
    members.clear();
    members.putAll(snapshot.members);
  }

  public InMemoryStore(ManualClock clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
  }

  public Collection<Bar> bars() {
    return bars.values().stream().map(Stored::bar).toList();
  }

  public int revision(BarKey key) {
    Stored stored = bars.get(key);
    return stored == null ? -1 : stored.revision();
  }

  /// The last committed ledger of every run, by its id; one shard a run.
  public Map<Long, LedgerCounts> ledgers() {
    return ledgers;
  }

  public Checkpoint checkpoint(CheckpointKey key) {
    Row row = rows.get(key);
    return row == null ? Checkpoint.EMPTY : row.checkpoint;
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    faults.at("claim");
    Row row = rows.computeIfAbsent(request.key(), _ -> new Row());
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
    row.commitSeq = 0;
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
    Row row = rows.get(request.key());
    if (row != null) {
      request.requireNoneDropped(row.intervals);
    }
  }

  @Override
  public SortedMap<String, Integer> beat(String group, String topic, String member, Duration life) {
    faults.at("beat");
    Instant now = clock.instant();
    members.put(member, now.plus(life));
    SortedMap<String, Integer> living = new TreeMap<>();
    members.forEach((each, until) -> {
      if (until.isAfter(now)) {
        living.put(each, 0);
      }
    });
    rows.forEach((key, row) -> {
      if (key.group().equals(group) && row.owner != null && now.isBefore(row.until)) {
        living.merge(row.owner, 1, Integer::sum);
      }
    });
    faults.at("beat.after");
    return living;
  }

  @Override
  public void leave(String group, String topic, String member) {
    faults.at("leave");
    members.remove(member);
  }

  @Override
  public Lease renew(Lease lease) {
    faults.at("renew");
    Row row = fence(lease);
    row.until = clock.instant().plus(row.lease);
    Lease renewed = lease(lease.key(), row);
    faults.at("renew.after");
    return renewed;
  }

  @Override
  public void release(Lease lease) {
    faults.at("release");
    Row row = rows.get(lease.key());
    if (row != null && row.epoch == lease.epoch() && lease.owner().equals(row.owner)) {
      row.owner = null;
      row.until = Instant.EPOCH;
    }
    faults.at("release.after");
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint next, List<Bar> offered, RunProgress progress) {
    faults.at("commit.before");
    Row row = fence(lease);
    requireForward(row, next);
    List<Bar> conflicting = new ArrayList<>();
    WriteResult written = WriteResult.NONE;
    for (Bar bar : offered) {
      written = written.plus(write(bar, conflicting));
    }
    return committed(lease, row, next.withConflicting(conflicting), progress, written, conflicting);
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint next, Evaluated evaluated, RunProgress progress) {
    faults.at("commit.before");
    Row row = fence(lease);
    requireForward(row, next);
    evaluations.write(lease.key(), evaluated);
    return committed(lease, row, next, progress, WriteResult.NONE, List.of());
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
      Row row,
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

  private static void requireForward(Row row, Checkpoint next) {
    if (!next.ledger().addsUp()) {
      throw new AssertionError("the ledger does not add up: " + next.ledger());
    }
    if (row.checkpoint.position().isAfter(next.position())
        || row.checkpoint.resumePosition().isAfter(next.resumePosition())) {
      throw new AssertionError("the checkpoint goes back: " + row.checkpoint + " to " + next);
    }
  }

  @Override
  public StoredMarks marks(String group, String topic) {
    faults.at("marks");
    StoredMarks marks = new StoredMarks(server(), new TreeMap<>());
    for (Map.Entry<CheckpointKey, Row> each : rows.entrySet()) {
      CheckpointKey key = each.getKey();
      if (key.group().equals(group) && key.topic().equals(topic)) {
        Row row = each.getValue();
        Checkpoint stored = row.checkpoint;
        marks =
            marks.with(key.shard(), new Mark(stored.position(), stored.anchor(), row.alignment));
      }
    }
    return marks;
  }

  private String server() {
    return "server " + incarnation;
  }

  @Override
  public boolean align(CheckpointKey key, int shards, Alignment alignment) {
    faults.at("align");
    boolean same = alignment.server().equals(server());
    if (same) {
      rows.computeIfAbsent(key, _ -> new Row()).alignment = alignment;
    }
    faults.at("align.after");
    return same;
  }

  @Override
  public StoredMarks raiseMarks(
      String group, String topic, int shards, StoredMarks known, Map<Integer, Mark> marks) {
    faults.at("low-water");
    StoredMarks stored = marks(group, topic);
    if (known.server().equals(stored.server())) {
      marks.forEach((shard, mark) -> {
        Position now = stored.of(shard).position();
        boolean aligned = stored.of(shard).alignment().equals(mark.alignment());
        if (aligned && !known.of(shard).position().isAfter(now) && !now.isAfter(mark.position())) {
          setMark(new CheckpointKey(group, topic, shard), mark);
        }
      });
    }
    return marks(group, topic);
  }

  @Override
  public void lowerMarks(String group, String topic, Map<Integer, Position> positions) {
    faults.at("lower-marks");
    positions.forEach((shard, position) ->
        setMark(
            new CheckpointKey(group, topic, shard),
            new Mark(position, Optional.empty(), Alignment.NONE)));
  }

  private void setMark(CheckpointKey key, Mark mark) {
    Row row = rows.computeIfAbsent(key, _ -> new Row());
    Position position = mark.position();
    row.checkpoint =
        new Checkpoint(
            position,
            mark.anchor().map(LogAnchor::position).orElse(position),
            mark.anchor(),
            List.of(),
            row.checkpoint.ledger());
  }

  @Override
  public void noteMaxFuture(String group, String topic, long micros) {
    faults.at("note");
    rows.forEach((key, row) -> {
      if (key.group().equals(group) && key.topic().equals(topic)) {
        row.noted = JudgedBy.UNKNOWN.andThen(new Position(1, 0), micros);
      }
    });
  }

  @Override
  public List<CheckpointStatus> list(String topic) {
    faults.at("list");
    List<CheckpointStatus> all = new ArrayList<>();
    rows.forEach((key, row) ->
        all.add(
            new CheckpointStatus(
                key,
                row.shards,
                row.epoch,
                row.commitSeq,
                row.owner,
                row.until,
                row.owner != null && clock.instant().isBefore(row.until),
                row.noted.equals(JudgedBy.UNKNOWN) ? row.checkpoint : row.withNoted(),
                clock.instant())));
    return all;
  }

  @Override
  public boolean reset(CheckpointKey key) {
    Row row = rows.get(key);
    if (row == null) {
      return false;
    }
    refuseWhileLeased(key, row);
    row.checkpoint = Checkpoint.EMPTY;
    row.intervals = List.of();
    row.alignment = Alignment.NONE;
    row.fresh = true;
    return true;
  }

  @Override
  public boolean drop(CheckpointKey key) {
    Row row = rows.get(key);
    if (row == null) {
      return false;
    }
    refuseWhileLeased(key, row);
    rows.remove(key);
    return true;
  }

  private void refuseWhileLeased(CheckpointKey key, Row row) {
    if (row.owner != null && clock.instant().isBefore(row.until)) {
      throw new ConflictException(key + " is held by " + row.owner);
    }
  }

  private Row fence(Lease lease) {
    Row row = rows.get(lease.key());
    if (row == null
        || row.epoch != lease.epoch()
        || row.commitSeq != lease.commitSeq()
        || !lease.owner().equals(row.owner)) {
      throw new FencedException(lease.key() + ": epoch " + lease.epoch() + " is over");
    }
    return row;
  }

  private WriteResult write(Bar bar, List<Bar> conflicting) {
    BarKey key = new BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros());
    Stored stored = bars.get(key);
    if (stored == null) {
      bars.put(key, new Stored(bar, 0));
      return new WriteResult(1, 0, 0, 0);
    }
    if (sameValues(stored.bar(), bar)) {
      return new WriteResult(0, 0, 1, 0);
    }
    boolean otherLane = !bar.lane().isEmpty() && !bar.lane().equals(stored.bar().lane());
    if (otherLane) {
      conflicting.add(bar);
    }
    boolean fewer = bar.tradeCount() < stored.bar().tradeCount();
    if (fewer || (otherLane && bar.tradeCount() <= stored.bar().tradeCount())) {
      return new WriteResult(0, 0, 0, 1);
    }
    bars.put(key, new Stored(bar, stored.revision() + 1));
    return new WriteResult(0, 1, 0, 0);
  }

  private static boolean sameValues(Bar left, Bar right) {
    return left.open() == right.open()
        && left.high() == right.high()
        && left.low() == right.low()
        && left.close() == right.close()
        && left.volume() == right.volume()
        && Double.compare(left.vwap(), right.vwap()) == 0
        && left.tradeCount() == right.tradeCount();
  }

  private static Lease lease(CheckpointKey key, Row row) {
    return new Lease(key, row.owner == null ? "" : row.owner, row.epoch, row.commitSeq, row.until);
  }
}

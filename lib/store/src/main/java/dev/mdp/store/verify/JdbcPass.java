package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditCounts;
import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One comparison inside one read-only snapshot. Writes nothing, so a replica and a user who may
/// only read serve as well. One thread.
final class JdbcPass implements BarAudit.Pass {
  private static final double NANOS = 1e9;

  private final Database database;
  private final Snapshot snapshot;
  private final Connection connection;
  private final Horizon horizon;
  private final AuditScope scope;
  private final Inventory inventory;
  private final Slices slices;
  private final WaitingWindows waiting;
  private final AuditCounts counts = new AuditCounts();

  /// @param snapshot closed with the pass
  JdbcPass(Database database, Snapshot snapshot, Horizon horizon, AuditScope scope)
      throws SQLException {
    this.database = database;
    this.snapshot = snapshot;
    this.connection = snapshot.connection();
    this.horizon = horizon;
    this.scope = scope;
    this.inventory = new Inventory(connection, scope);
    this.waiting = WaitingWindows.read(connection);
    this.slices = new Slices(scope, inventory.read(horizon::intervals), horizon);
  }

  @Override
  public boolean next(Consumer<BarFinding> different) {
    Slices.Slice slice = slices.next();
    if (slice == null) {
      return false;
    }
    long begun = System.nanoTime();
    long before = counts.checked();
    try {
      Comparison.run(
          connection,
          new Comparison.TimeSlice(
              slice.group().provider(),
              slice.group().series().stream().map(series -> series.symbol().value()).toList(),
              slice.group().interval(),
              slice.fromMicros(),
              slice.toMicros(),
              slice.group().rule()),
          new Judge(slice.group(), different));
    } catch (SQLException e) {
      throw database.errors().translate("verify bars", e);
    }
    double seconds = Math.max(1, System.nanoTime() - begun) / NANOS;
    slices.done(slice, seconds, counts.checked() - before);
    return true;
  }

  @Override
  public AuditCounts counts() {
    return counts;
  }

  @Override
  public double progress() {
    return slices.progress();
  }

  @Override
  public int unverifiedShards() {
    return horizon.stuck(scope.provider()).size();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(horizon.behind(scope.provider()));
    for (String text : inventory.foreignIntervals()) {
      notes.add("not compared: bars whose interval is '" + text + "', which is " + why(text));
    }
    return notes;
  }

  private static String why(String text) {
    try {
      Interval length = Interval.parseLength(text);
      return length.isWeeks() && !text.endsWith("w")
          ? "counted from the epoch, a Thursday; mdp verify bars --interval %s --build makes weeks from Monday on"
              .formatted(length)
          : "written %s by mdp".formatted(length);
    } catch (IllegalArgumentException _) {
      return "no canonical text";
    }
  }

  @Override
  public void close() {
    snapshot.close();
  }

  /// Counts what the database has judged and judges what differs.
  private final class Judge implements Comparison.Answer {
    private final WindowRule rule;
    private final Inventory.Oldest oldest;
    private final Map<Symbol, AuditSeries> series = new HashMap<>();
    private final Consumer<BarFinding> different;

    Judge(Slices.Group group, Consumer<BarFinding> different) {
      this.rule = group.rule();
      this.oldest = inventory.oldest(group.provider());
      group.series().forEach(one -> series.put(one.symbol(), one));
      this.different = different;
    }

    @Override
    public void total(String verdict, long windows, long ticks) {
      counts.addTicks(ticks);
      switch (verdict) {
        case "equal" -> counts.add(BarVerdict.EQUAL, windows);
        case "pending" -> counts.add(BarVerdict.PENDING, windows);
        case "external" -> counts.add(BarVerdict.EXTERNAL, windows);
        default -> {} // each is judged by itself
      }
    }

    @Override
    public void different(
        @Nullable Bar stored, int revision, @Nullable Bar recomputed, long newestStored) {
      Bar key = stored != null ? stored : java.util.Objects.requireNonNull(recomputed);
      BarVerdict verdict = verdict(key, newestStored, stored, recomputed);
      counts.add(verdict, 1);
      if (verdict != BarVerdict.PENDING) {
        different.accept(new BarFinding(verdict, stored, revision, recomputed));
      }
    }

    private BarVerdict verdict(
        Bar key, long newestStored, @Nullable Bar stored, @Nullable Bar recomputed) {
      if (rule.isUndecided(key.startMicros())) { // and overdue, or it would not be here
        return switch (judge(stored, recomputed)) {
          case UNVERIFIABLE -> BarVerdict.UNVERIFIABLE;
          case UNBUILT -> BarVerdict.PENDING; // no one owes it, and it is not the time to build it
          default -> BarVerdict.UNVERIFIED;
        };
      }
      if (rule.mayBeUnread(key.endMicros(), newestStored)) {
        return newestStored < rule.staleBefore() ? BarVerdict.UNVERIFIED : BarVerdict.PENDING;
      }
      return waiting.verdict(key, judge(stored, recomputed), rule.staleBefore());
    }

    private BarVerdict judge(@Nullable Bar stored, @Nullable Bar recomputed) {
      if (stored == null) {
        return withoutBar(java.util.Objects.requireNonNull(recomputed));
      }
      long ticks = recomputed == null ? 0 : recomputed.tradeCount();
      if (ticks < stored.tradeCount() && stored.startMicros() < oldest.tick()) {
        return BarVerdict.UNVERIFIABLE;
      }
      if (recomputed == null) {
        return BarVerdict.WITHOUT_TICKS;
      }
      return ticks > stored.tradeCount() ? BarVerdict.LATE : BarVerdict.WRONG;
    }

    private BarVerdict withoutBar(Bar recomputed) {
      long start = recomputed.startMicros();
      if (oldest.pruned() && start < oldest.tick()) {
        return BarVerdict.UNVERIFIABLE;
      }
      AuditSeries one = series.get(recomputed.symbol());
      boolean owed =
          start >= rule.owedFrom() || (one != null && one.surrounds(start) && rule.wasBuilt(start));
      return owed ? BarVerdict.MISSING : BarVerdict.UNBUILT;
    }
  }
}

package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.store.checkpoints.CheckpointRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How far the workers have come, by the checkpoints of one moment. Pure.
///
/// A window is open for a lane that has not sealed it and has seen an event that is as late as the
/// window's start. What a lane has not come to yet is no reason to wait: the bar there is someone
/// else's.
final class Horizon {
  /// What the clocks of the database and of the bus may differ.
  static final long CLOCKS_DIFFER_MICROS = 30_000_000;

  /// For how long a running pipeline may leave a window pending.
  static final Duration PENDING_OK = Duration.ofMinutes(10);

  private static final long NEVER = LaneProgress.BEFORE_ALL;

  private final List<CheckpointRow> workers;
  private final Map<Place, Position> ticks = new HashMap<>();
  private final Map<Place, Long> ticksMoved = new HashMap<>();
  private final long nowMicros;
  private final boolean ticksAlive;
  private final long staleBefore;

  private record Place(String topic, int shard) {}

  /// @param nowMicros by the database's clock
  /// @param ticksAlive whether some process that stores ticks is alive
  /// @param pendingOk for how long a window may be pending
  Horizon(List<CheckpointRow> rows, long nowMicros, boolean ticksAlive, Duration pendingOk) {
    this.ticksAlive = ticksAlive;
    this.staleBefore = nowMicros - Micros.of(pendingOk);
    this.workers = rows.stream().filter(row -> key(row).does(CheckpointKey.MICRO_BATCHER)).toList();
    this.nowMicros = nowMicros;
    for (CheckpointRow row : rows) {
      if (key(row).does(CheckpointKey.TICK_CONSUMER)) {
        Position position = row.status().checkpoint().position();
        ticks.merge(place(row), position, (a, b) -> a.isAfter(b) ? a : b);
        ticksMoved.merge(place(row), Micros.of(row.status().updatedAt()), Math::max);
      }
    }
  }

  private static CheckpointKey key(CheckpointRow row) {
    return row.status().key();
  }

  private static Place place(CheckpointRow row) {
    return new Place(key(row).topic(), key(row).shard());
  }

  /// The micro-batch checkpoints that the symbol belongs to: one for each topic and group.
  List<CheckpointRow> of(String provider, String symbol) {
    return workers.stream()
        .filter(row -> Shards.of(provider, symbol, row.status().shards()) == key(row).shard())
        .toList();
  }

  /// What is built of the provider: by groups that have read something of it, or where there is
  /// none by any.
  SortedSet<Interval> intervals(String provider) {
    SortedSet<Interval> readers = new TreeSet<>();
    SortedSet<Interval> all = new TreeSet<>();
    for (CheckpointRow row : workers) {
      all.addAll(row.intervals());
      if (hasRead(row, Optional.of(provider))) {
        readers.addAll(row.intervals());
      }
    }
    return readers.isEmpty() ? all : readers;
  }

  /// One line for each shard whose ticks have not come as far as its bars, of groups that have read
  /// something of the provider, or of any.
  List<String> behind(Optional<String> provider) {
    return workers.stream()
        .filter(row -> hasRead(row, provider) && isBehind(row))
        .map(this::behindLine)
        .toList();
  }

  /// Those of them whose ticks will not come by themselves.
  List<CheckpointRow> stuck(Optional<String> provider) {
    return workers.stream().filter(row -> hasRead(row, provider) && isStuck(row)).toList();
  }

  private String behindLine(CheckpointRow row) {
    Position stored = ticks.get(place(row));
    String line =
        "%s: shard %d of %s: bars of %s are at %s, ticks %s"
            .formatted(
                isStuck(row) ? "unverified" : "pending",
                key(row).shard(),
                key(row).topic(),
                key(row).group(),
                row.status().checkpoint().position(),
                stored == null
                    ? "are not stored by any worker; start mdp stream ticks"
                    : "at " + stored + "; is mdp stream ticks running?");
    return isStuck(row)
        ? line
            + " If the group is of no use any more: mdp stream checkpoints drop --group "
            + key(row).group()
            + " --confirm"
        : line;
  }

  /// Whether the lanes of the checkpoint hold the provider; only such a group can have bars of it
  /// under way.
  private static boolean hasRead(CheckpointRow row, Optional<String> provider) {
    List<LaneProgress> lanes = row.status().checkpoint().lanes();
    return provider.isEmpty()
        ? !lanes.isEmpty()
        : lanes.stream().anyMatch(lane -> lane.provider().equals(provider.get()));
  }

  /// Behind, and no one is alive to change it, or neither group has come further for long.
  private boolean isStuck(CheckpointRow row) {
    return isBehind(row)
        && (!ticksAlive
            || newestAppend(row) < staleBefore
                && ticksMoved.getOrDefault(place(row), NEVER) < staleBefore);
  }

  private boolean isBehind(CheckpointRow row) {
    Position stored = ticks.getOrDefault(place(row), Position.START);
    return row.status().checkpoint().position().isAfter(stored);
  }

  /// Whether no lane still has a window of the scope open that is worth waiting for.
  boolean isSealed(AuditScope scope) {
    for (CheckpointRow row : workers) {
      for (LaneProgress lane : row.status().checkpoint().lanes()) {
        boolean meant = scope.provider().map(lane.provider()::equals).orElse(true);
        for (Interval interval : row.intervals()) {
          WindowRule.Starts open = open(row, lane, interval);
          boolean waited = !open.isEmpty() && interval.end(open.last()) > overdueBefore(lane);
          if (meant && waited && open.touches(scope.fromMicros(), scope.toMicros())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /// Only groups that have read something of the provider count. Where none has, or its lanes are
  /// forgotten, nothing is under way; what is owed is then what any group builds.
  ///
  /// @param rows what [#of] returned for the symbols
  WindowRule rule(List<CheckpointRow> rows, String provider, Interval interval) {
    List<CheckpointRow> readers =
        rows.stream().filter(row -> hasRead(row, Optional.of(provider))).toList();
    List<WindowRule.Starts> open = new ArrayList<>();
    long sealed = NEVER;
    long overdue = Long.MAX_VALUE;
    for (CheckpointRow row : readers) {
      for (LaneProgress lane : lanes(row, provider)) {
        sealed =
            Math.max(
                sealed,
                isOver(lane) ? interval.end(lane.watermarkMicros()) : sealedThroughAny(lane));
        overdue = Math.min(overdue, overdueBefore(lane));
        WindowRule.Starts starts = open(row, lane, interval);
        if (!starts.isEmpty()) {
          open.add(starts);
        }
      }
    }
    List<WindowRule.Starts> notBuilt = new ArrayList<>();
    long trusted = Long.MAX_VALUE;
    long owedFrom = Long.MAX_VALUE;
    for (CheckpointRow row : readers.isEmpty() ? rows : readers) {
      trusted = Math.min(trusted, trustedBefore(row, !readers.isEmpty()));
      if (row.intervals().contains(interval)) {
        owedFrom = Math.min(owedFrom, owedFrom(lanes(row, provider), interval));
        notBuilt.addAll(notBuilt(lanes(row, provider), interval));
      }
    }
    boolean behind = readers.stream().anyMatch(this::isBehind);
    boolean stuck = readers.stream().anyMatch(this::isStuck);
    return new WindowRule(
        behind,
        open,
        sealed,
        behind && stuck ? Long.MAX_VALUE : overdue,
        trusted,
        staleBefore,
        owedFrom,
        notBuilt);
  }

  private static List<WindowRule.Starts> notBuilt(List<LaneProgress> lanes, Interval interval) {
    return lanes.stream()
        .flatMap(lane -> lane.notBuilt().getOrDefault(interval, List.of()).stream())
        .map(time -> new WindowRule.Starts(time.fromMicros(), time.untilMicros() - 1))
        .toList();
  }

  private static List<LaneProgress> lanes(CheckpointRow row, String provider) {
    return row.status().checkpoint().lanes().stream()
        .filter(lane -> lane.provider().equals(provider))
        .toList();
  }

  /// Up to where windows of the lane have been waited for long enough. In the live lane time passes
  /// as it did when its events happened; a replay is faster, so its last entry alone decides.
  private long overdueBefore(LaneProgress lane) {
    if (lane.lastAppendMicros() == NEVER || lane.watermarkMicros() == NEVER) {
      return NEVER;
    }
    if (lane.lane().equals(MarketEvent.LIVE)) {
      return staleBefore - Math.max(0, lane.lastAppendMicros() - lane.watermarkMicros());
    }
    return lane.lastAppendMicros() < staleBefore ? Long.MAX_VALUE : NEVER;
  }

  /// A lane that has sealed of every interval more than its watermark reaches has ended or fallen
  /// silent: nothing is open for it, whatever the interval. In a silence the longer windows may
  /// still be open.
  private static boolean isOver(LaneProgress lane) {
    return !lane.sealedThrough().isEmpty()
        && lane.sealedThrough().values().stream()
            .allMatch(sealed -> sealed > lane.watermarkMicros());
  }

  private static WindowRule.Starts open(CheckpointRow row, LaneProgress lane, Interval interval) {
    long sealed =
        row.intervals().contains(interval)
            ? lane.sealedThrough().getOrDefault(interval, NEVER)
            : isOver(lane) ? interval.end(lane.watermarkMicros()) : sealedThroughAny(lane);
    long begins = lane.beginsAt().getOrDefault(interval, NEVER);
    return new WindowRule.Starts(Math.max(begins, interval.start(sealed)), lane.watermarkMicros());
  }

  /// How far the lane's shortest interval is sealed: what comes before it is late for someone.
  private static long sealedThroughAny(LaneProgress lane) {
    return lane.sealedThrough().values().stream().mapToLong(Long::longValue).max().orElse(NEVER);
  }

  private static long owedFrom(List<LaneProgress> lanes, Interval interval) {
    return lanes.stream()
        .mapToLong(lane -> lane.beginsAt().getOrDefault(interval, NEVER))
        .min()
        .orElse(NEVER);
  }

  /// A tick is stored after its entry was appended, and entries are appended in order: what was
  /// stored well before the newest entry that was read is read. Where both groups are at the same
  /// entry, so is all that was stored a while ago. A group that has read nothing of the provider
  /// has at most the newest ticks before it.
  private long trustedBefore(CheckpointRow row, boolean hasRead) {
    Position stored = ticks.getOrDefault(place(row), Position.START);
    boolean together = row.status().checkpoint().position().equals(stored);
    long trusted = Math.max(newestAppend(row), together || !hasRead ? nowMicros : NEVER);
    return trusted == NEVER ? NEVER : trusted - CLOCKS_DIFFER_MICROS;
  }

  private static long newestAppend(CheckpointRow row) {
    return row.status().checkpoint().lanes().stream()
        .mapToLong(LaneProgress::lastAppendMicros)
        .max()
        .orElse(NEVER);
  }
}

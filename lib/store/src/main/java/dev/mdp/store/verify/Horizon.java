package dev.mdp.store.verify;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Interval;
import dev.mdp.core.store.AuditScope;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.store.checkpoints.CheckpointRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// How far the workers have come, by the checkpoints of one moment. Pure.
///
/// A window is open for a lane that has not sealed it and has seen an event that is as late as the
/// window's start. What a lane has not come to yet is no reason to wait: the bar there is somebody
/// else's.
final class Horizon {
  /// What the clocks of the database and of the bus may differ.
  static final long CLOCKS_DIFFER_MICROS = 30_000_000;

  private static final long NEVER = LaneProgress.BEFORE_ALL;

  private final List<CheckpointRow> workers;
  private final Map<Place, Position> ticks = new HashMap<>();
  private final long nowMicros;

  private record Place(String topic, int shard) {}

  /// @param nowMicros by the database's clock
  Horizon(List<CheckpointRow> rows, long nowMicros) {
    this.workers = rows.stream().filter(row -> key(row).does(CheckpointKey.MICRO_BATCHER)).toList();
    this.nowMicros = nowMicros;
    for (CheckpointRow row : rows) {
      if (key(row).does(CheckpointKey.TICK_CONSUMER)) {
        Position position = row.status().checkpoint().position();
        ticks.merge(place(row), position, (a, b) -> a.isAfter(b) ? a : b);
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

  /// What any worker builds.
  SortedSet<Interval> intervals() {
    SortedSet<Interval> all = new TreeSet<>();
    workers.forEach(row -> all.addAll(row.intervals()));
    return all;
  }

  /// One line for each shard whose ticks have not come as far as its bars.
  List<String> behind() {
    List<String> lines = new ArrayList<>();
    for (CheckpointRow row : workers) {
      if (isBehind(row)) {
        Position stored = ticks.get(place(row));
        lines.add(
            "pending: shard %d of %s: bars are at %s, ticks %s"
                .formatted(
                    key(row).shard(),
                    key(row).topic(),
                    row.status().checkpoint().position(),
                    stored == null
                        ? "are stored by nobody; start mdp stream ticks"
                        : "at " + stored + "; is mdp stream ticks running?"));
      }
    }
    return lines;
  }

  private boolean isBehind(CheckpointRow row) {
    Position stored = ticks.getOrDefault(place(row), Position.START);
    return row.status().checkpoint().position().isAfter(stored);
  }

  /// Whether no lane still has a window of the scope open.
  boolean isSealed(AuditScope scope) {
    for (CheckpointRow row : workers) {
      for (LaneProgress lane : row.status().checkpoint().lanes()) {
        boolean meant = scope.provider().map(lane.provider()::equals).orElse(true);
        for (Interval interval : row.intervals()) {
          WindowRule.Starts open = open(row, lane, interval);
          if (meant && !open.isEmpty() && open.touches(scope.fromMicros(), scope.toMicros())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /// @param rows what [#of] answered for the symbols
  WindowRule rule(List<CheckpointRow> rows, String provider, Interval interval) {
    List<WindowRule.Starts> open = new ArrayList<>();
    long sealed = NEVER;
    long trusted = Long.MAX_VALUE;
    long owedFrom = Long.MAX_VALUE;
    for (CheckpointRow row : rows) {
      List<LaneProgress> lanes =
          row.status().checkpoint().lanes().stream()
              .filter(lane -> lane.provider().equals(provider))
              .toList();
      for (LaneProgress lane : lanes) {
        sealed =
            Math.max(
                sealed,
                isOver(lane) ? interval.end(lane.watermarkMicros()) : sealedThroughAny(lane));
        WindowRule.Starts starts = open(row, lane, interval);
        if (!starts.isEmpty()) {
          open.add(starts);
        }
      }
      trusted = Math.min(trusted, trustedBefore(row));
      if (row.intervals().contains(interval)) {
        owedFrom = Math.min(owedFrom, owedFrom(lanes, interval));
      }
    }
    boolean behind = rows.stream().anyMatch(this::isBehind);
    return new WindowRule(behind, open, sealed, trusted, owedFrom);
  }

  /// A lane that has sealed more than its watermark reaches has ended or fallen silent: nothing is
  /// open for it, whatever the interval.
  private static boolean isOver(LaneProgress lane) {
    return sealedThroughAny(lane) > lane.watermarkMicros();
  }

  private static WindowRule.Starts open(CheckpointRow row, LaneProgress lane, Interval interval) {
    long sealed =
        row.intervals().contains(interval)
            ? lane.sealedThrough().getOrDefault(interval, NEVER)
            : isOver(lane) ? interval.end(lane.watermarkMicros()) : sealedThroughAny(lane);
    long begins = lane.beginsAt().getOrDefault(interval, NEVER);
    return new WindowRule.Starts(Math.max(begins, interval.start(sealed)), lane.watermarkMicros());
  }

  /// How far the lane's shortest interval is sealed: what comes before it is late for somebody.
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
  /// entry, so is all that was stored a while ago.
  private long trustedBefore(CheckpointRow row) {
    long newestAppend =
        row.status().checkpoint().lanes().stream()
            .mapToLong(LaneProgress::lastAppendMicros)
            .max()
            .orElse(NEVER);
    Position stored = ticks.getOrDefault(place(row), Position.START);
    boolean together = row.status().checkpoint().position().equals(stored);
    long trusted = Math.max(newestAppend, together ? nowMicros : NEVER);
    return trusted == NEVER ? NEVER : trusted - CLOCKS_DIFFER_MICROS;
  }
}

package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Interval;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts a scope into pieces of about a second's work: some symbols of one provider and interval
/// that share their checkpoints, over some windows. Each piece decides how long the next one is.
/// One thread.
final class Slices {
  private static final int SYMBOLS_AT_ONCE = 256;

  /// The answer of one piece is held in memory, at worst a row for each of this many windows.
  private static final long WANTED_WINDOWS = 50_000;

  private static final double WANTED_SECONDS = 1;
  private static final double MOST_GROWTH = 4;

  private final Deque<Group> groups = new ArrayDeque<>();
  private final double total;
  private double done;
  private double windows = WANTED_WINDOWS;

  /// One piece of work.
  record Slice(Group group, long fromMicros, long toMicros) {}

  /// Series that are compared together.
  ///
  /// @param from the start of the first window that is left to do
  /// @param to after the start of the last one
  record Group(WindowRule rule, List<AuditSeries> series, long from, long to) {
    Group {
      series = List.copyOf(series);
    }

    String provider() {
      return series.getFirst().provider();
    }

    Interval interval() {
      return series.getFirst().interval();
    }

    double weight() {
      return (double) (to - from) * series.size();
    }

    Group rest(long start) {
      return new Group(rule, series, start, to);
    }

    Group part(int first, int last, long start) {
      return new Group(rule, series.subList(first, last), start, to);
    }
  }

  Slices(AuditScope scope, List<AuditSeries> series, Horizon horizon) {
    record Key(String provider, Interval interval, List<CheckpointKey> checkpoints) {}
    Map<Key, List<AuditSeries>> together = new LinkedHashMap<>();
    for (AuditSeries one : series) {
      List<CheckpointKey> checkpoints =
          horizon.of(one.provider(), one.symbol().value()).stream()
              .map(row -> row.status().key())
              .toList();
      together
          .computeIfAbsent(
              new Key(one.provider(), one.interval(), checkpoints), _ -> new ArrayList<>())
          .add(one);
    }
    together.forEach((key, all) -> {
      String symbol = all.getFirst().symbol().value();
      WindowRule rule =
          horizon.rule(horizon.of(key.provider(), symbol), key.provider(), key.interval());
      for (int first = 0; first < all.size(); first += SYMBOLS_AT_ONCE) {
        add(scope, rule, all.subList(first, Math.min(first + SYMBOLS_AT_ONCE, all.size())));
      }
    });
    this.total = groups.stream().mapToDouble(Group::weight).sum();
  }

  private void add(AuditScope scope, WindowRule rule, List<AuditSeries> series) {
    Interval interval = series.getFirst().interval();
    long first = series.stream().mapToLong(AuditSeries::first).min().orElseThrow();
    long last = series.stream().mapToLong(AuditSeries::last).max().orElseThrow();
    if (first <= last) {
      long from = Math.max(interval.start(first), firstStart(interval, scope.fromMicros()));
      long to = Math.min(interval.end(last), firstStart(interval, scope.toMicros()));
      if (from < to) {
        groups.add(new Group(rule, series, from, to));
      }
    }
  }

  /// The first start of a window at or after this time.
  private static long firstStart(Interval interval, long micros) {
    return interval.start(micros + interval.micros() - 1);
  }

  /// The next piece, or null at the end.
  @Nullable Slice next() {
    Group group = groups.peek();
    if (group == null) {
      return null;
    }
    long most = (group.to() - group.from()) / group.interval().micros();
    long wanted = Math.max(1, (long) (windows / group.series().size()));
    long to = group.from() + Math.min(wanted, most) * group.interval().micros();
    return new Slice(group, group.from(), to);
  }

  /// The piece is done: it took this long, and this many windows had a bar or ticks.
  void done(Slice slice, double seconds, long found) {
    Group group = groups.remove();
    int symbols = group.series().size();
    long starts = (slice.toMicros() - slice.fromMicros()) / group.interval().micros();
    done += (double) (slice.toMicros() - slice.fromMicros()) * symbols;
    double factor =
        Math.clamp(
            Math.min(WANTED_SECONDS / seconds, (double) WANTED_WINDOWS / Math.max(1, found)),
            1 / MOST_GROWTH,
            MOST_GROWTH);
    boolean last = slice.toMicros() == group.to();
    if (!last || factor < 1) {
      windows = Math.max(1, starts * symbols * factor);
    }
    if (last) {
      return;
    }
    if (starts == 1 && factor < 1 && symbols > 1) {
      groups.push(group.part(symbols / 2, symbols, slice.toMicros()));
      groups.push(group.part(0, symbols / 2, slice.toMicros()));
    } else {
      groups.push(group.rest(slice.toMicros()));
    }
  }

  double progress() {
    return total == 0 ? 1 : Math.min(1, done / total);
  }
}

package dev.mdp.ops.feed;

import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdEvidence.Noted;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import dev.mdp.testkit.store.FeedHistory;
import dev.mdp.testkit.store.InMemoryFeedLook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The oracle: the word of each id and of each second, one by one.
final class WordByWord {
  private static final long SECOND = 1_000_000;

  private final FeedHistory history;
  private final AuditedSeries series;
  private final StoredTrades stored;
  private final Optional<TradingCalendar> calendar;
  final Map<Long, IdWord> missing = new TreeMap<>();
  private final List<Hole> holes = new ArrayList<>();

  private record Hole(long fromSecond, long toSecond, TimeWord word) {}

  WordByWord(FeedHistory history, Optional<TradingCalendar> calendar) {
    this.history = history;
    this.series = history.series();
    this.stored = new InMemoryFeedLook(history).stored(series);
    this.calendar = calendar;
    if (series.isProvable()) {
      IdSpan.of(series, stored).ifPresent(this::explain);
    } else {
      for (Noted each : history.noted()) {
        if (each.gap().state() != GapState.FILLED && each.gap().state() != GapState.VOID) {
          holes.add(
              new Hole(
                  second(each.gap().below().micros()),
                  second(each.gap().above().micros()),
                  TimeWord.of(IdWord.of(each.gap().state()))));
        }
      }
    }
  }

  private void explain(IdSpan span) {
    for (long id = span.below().id() + 1; id < span.above().id(); id++) {
      if (times(id).isEmpty()) {
        IdWord word = word(id);
        missing.put(id, word);
        if (word != IdWord.VOID) {
          long below = neighbour(id, -1, span.below()).getLast();
          long above = neighbour(id, 1, span.above()).getFirst();
          holes.add(
              new Hole(
                  second(Math.min(below, above)),
                  second(Math.max(below, above)),
                  TimeWord.of(word)));
        }
      }
    }
  }

  private List<Long> neighbour(long id, int step, TradeMark last) {
    for (long other = id + step; other != last.id(); other += step) {
      if (!times(other).isEmpty()) {
        return times(other);
      }
    }
    return List.of(last.micros());
  }

  private List<Long> times(long id) {
    return history.stored().stream()
        .filter(each -> each.id() == id)
        .map(TradeMark::micros)
        .sorted()
        .toList();
  }

  private IdWord word(long id) {
    List<IdWord> words = new ArrayList<>();
    for (Noted each : history.noted()) {
      if (each.ids().contains(id)) {
        IdWord without = unnoted(id);
        words.add(
            each.gap().state() != GapState.FILLED
                ? IdWord.of(each.gap().state())
                : without == IdWord.UNEXPLAINED ? IdWord.FILLED : without);
      }
    }
    return words.stream().min(Comparator.naturalOrder()).orElseGet(() -> unnoted(id));
  }

  private IdWord unnoted(long id) {
    long head = series.cursor().map(FeedCursor::head).map(TradeMark::id).orElse(Long.MAX_VALUE);
    if (stored.below().isEmpty() && series.isPruned() && isBeforeFirst(id)) {
      return IdWord.UNVERIFIABLE;
    }
    return switch (id <= head ? series.noted() : series.unnoted()) {
      case STORED -> IdWord.UNEXPLAINED;
      case ON_THE_WAY -> IdWord.PENDING;
      case STUCK -> IdWord.UNVERIFIED;
    };
  }

  private boolean isBeforeFirst(long id) {
    if (stored.run().isPresent() || stored.above().isPresent()) {
      return history.stored().stream().allMatch(each -> id < each.id());
    }
    return series.cursor().orElseThrow().head().micros() < series.oldestTickMicros();
  }

  Map<TimeWord, Long> seconds() {
    Map<TimeWord, Long> words = new EnumMap<>(TimeWord.class);
    for (long at = second(series.fromMicros()); at < second(series.toMicros()); at++) {
      words.merge(ofSecond(at), 1L, Long::sum);
    }
    return words;
  }

  private TimeWord ofSecond(long at) {
    if (history.stored().stream().anyMatch(each -> second(each.micros()) == at)) {
      return TimeWord.TRADES;
    }
    if (calendar.isPresent() && calendar.get().sessionAt(Instant.ofEpochSecond(at)).isEmpty()) {
      return TimeWord.CLOSED;
    }
    TimeWord state = state(at);
    if (state == TimeWord.HALTED) {
      return state;
    }
    Optional<TimeWord> hole =
        holes.stream()
            .filter(each -> each.fromSecond() <= at && at <= each.toSecond())
            .map(Hole::word)
            .min(Comparator.naturalOrder());
    if (hole.isPresent()) {
      return hole.get();
    }
    if (series.isProvable() && isBetweenTrades(at)) {
      return TimeWord.QUIET;
    }
    return at >= second(history.nowMicros()) ? TimeWord.PENDING : state;
  }

  private boolean isBetweenTrades(long at) {
    boolean after =
        stored.below().isPresent()
            || stored
                .run()
                .map(TradeRun::first)
                .filter(each -> second(each.micros()) <= at)
                .isPresent();
    return after && at <= lastKnown();
  }

  private long lastKnown() {
    return stored.above().isPresent()
        ? Long.MAX_VALUE
        : stored
            .run()
            .map(TradeRun::last)
            .or(stored::below)
            .map(each -> second(each.micros()))
            .orElse(Long.MIN_VALUE);
  }

  private TimeWord state(long at) {
    List<FeedInterval> states = new InMemoryFeedLook(history).states(series);
    long begin = at * SECOND;
    if (series.isOwned() && (states.isEmpty() || begin >= states.getLast().toMicros())) {
      return TimeWord.PENDING;
    }
    for (FeedInterval each : states.reversed()) {
      if (each.fromMicros() <= begin && begin < each.toMicros()) {
        return switch (each.state()) {
          case LIVE ->
              series.isNewest() && series.isProvable() && at > lastKnown()
                  ? TimeWord.PENDING
                  : TimeWord.UNPROVED;
          case DOWN -> TimeWord.DOWN;
          case UNSUBSCRIBED -> TimeWord.UNSUBSCRIBED;
          case HALTED -> TimeWord.HALTED;
          case REFUSED -> TimeWord.REFUSED;
        };
      }
    }
    if (!states.isEmpty() && begin >= states.getFirst().fromMicros()) {
      return TimeWord.DOWN;
    }
    return at >= second(series.begunMicros()) ? TimeWord.UNPROVED : TimeWord.UNSUBSCRIBED;
  }

  private static long second(long micros) {
    return Math.floorDiv(micros, SECOND);
  }
}

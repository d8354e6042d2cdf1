package dev.mdp.testkit.store;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedInterval.State;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdEvidence.Noted;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeArrival;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.testkit.property.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the tables might have of one series: trades of which some are not stored and some are
/// twice, noted holes that say what they like, and states with pauses between them.
///
/// @param stored in no order
/// @param nowMicros of the database's clock
public record FeedHistory(
    AuditedSeries series,
    List<TradeMark> stored,
    List<Noted> noted,
    List<FeedInterval> states,
    long nowMicros) {
  /// 2026-01-05T14:29:00Z, a Monday.
  public static final long BEGIN = 1_767_623_340_000_000L;

  private static final long SECOND = 1_000_000;
  private static final Symbol SYMBOL = new Symbol("BTC-USD");
  private static final int MOST_IDS = 60;

  public static FeedHistory random(Choices choices) {
    List<TradeMark> all = trades(choices);
    long end = all.isEmpty() ? BEGIN : all.getLast().micros();
    List<TradeMark> stored = stored(choices, all);
    return new FeedHistory(
        series(choices, all, end),
        stored,
        noted(choices, all),
        states(choices, end),
        end + choices.nextLong(200 * SECOND));
  }

  /// Times follow the ids but for a few, some are equal, and some pauses are long.
  private static List<TradeMark> trades(Choices choices) {
    List<TradeMark> all = new ArrayList<>();
    long micros = BEGIN;
    long id = choices.nextInt(3);
    for (int n = choices.nextInt(MOST_IDS); n > 0; n--) {
      switch (choices.nextInt(8)) {
        case 0 -> {}
        case 1 -> micros -= choices.nextLong(1_500_000);
        case 2 -> micros += choices.nextLong(200 * SECOND);
        default -> micros += choices.nextLong(3 * SECOND);
      }
      all.add(new TradeMark(id++, Math.max(BEGIN, micros)));
    }
    return all;
  }

  private static List<TradeMark> stored(Choices choices, List<TradeMark> all) {
    List<TradeMark> stored = new ArrayList<>();
    int missing = 0;
    for (TradeMark trade : all) {
      if (missing == 0 && choices.onceIn(6)) {
        missing = 1 + choices.nextInt(8);
      }
      if (missing > 0) {
        missing--;
        continue;
      }
      stored.add(trade);
      if (choices.onceIn(30)) {
        stored.add(new TradeMark(trade.id(), trade.micros() + 1));
      }
    }
    return stored;
  }

  private static List<Noted> noted(Choices choices, List<TradeMark> all) {
    List<Noted> noted = new ArrayList<>();
    long first = 0;
    for (int n = choices.nextInt(8); n > 0 && !all.isEmpty(); n--) {
      first += 1 + choices.nextInt(10);
      IdRange ids = new IdRange(first, first + choices.nextInt(12));
      GapState state = choices.oneOf(List.of(GapState.values()));
      TradeMark below = new TradeMark(ids.first() - 1, BEGIN);
      TradeMark above = new TradeMark(ids.last() + 1, BEGIN + choices.nextLong(100 * SECOND));
      FeedGap gap = FeedGap.found(SYMBOL, 0, below, above, "skipped", BEGIN);
      noted.add(new Noted(n, state.isOpen() ? gap : gap.closed(state, "skipped", BEGIN)));
    }
    return noted;
  }

  private static List<FeedInterval> states(Choices choices, long end) {
    List<FeedInterval> states = new ArrayList<>();
    long from = BEGIN - choices.nextLong(20 * SECOND);
    for (int n = choices.nextInt(10); n > 0 && from < end; n--) {
      long to = from + 1 + choices.nextLong(200 * SECOND);
      states.add(new FeedInterval(SYMBOL, choices.oneOf(List.of(State.values())), from, to));
      from = to + (choices.nextBoolean() ? 0 : choices.nextLong(30 * SECOND));
    }
    return states;
  }

  private static AuditedSeries series(Choices choices, List<TradeMark> all, long end) {
    boolean everything = choices.nextBoolean();
    long length = end - BEGIN + 60 * SECOND;
    long from = everything ? 0 : choices.nextLong(length);
    long to = everything ? length : from + choices.nextLong(length);
    Optional<FeedCursor> cursor = Optional.empty();
    if (!all.isEmpty()) {
      TradeMark head = all.get(all.size() - 1 - choices.nextInt(Math.min(all.size(), 5)));
      long first = all.getFirst().id();
      cursor = Optional.of(new FeedCursor(SYMBOL, 0, first, Math.max(first, head.id()), head));
    }
    return new AuditedSeries(
        "venue",
        SYMBOL,
        0,
        !choices.onceIn(5),
        choices.onceIn(8) ? TradeIds.NONE : TradeIds.CONTIGUOUS,
        cursor,
        all.isEmpty() ? Long.MAX_VALUE : all.getFirst().micros(),
        second(BEGIN - 10 * SECOND + from),
        second(BEGIN - 10 * SECOND + Math.max(to, from + 2 * SECOND)),
        choices.oneOf(List.of(TradeArrival.values())),
        choices.oneOf(List.of(TradeArrival.values())),
        choices.nextBoolean(),
        choices.onceIn(3) ? end : BEGIN);
  }

  private static long second(long micros) {
    return Math.floorDiv(micros, SECOND) * SECOND;
  }
}

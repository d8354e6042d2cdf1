package dev.mdp.testkit.store;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.IdEvidence.Missing;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradePause;
import dev.mdp.core.feed.TradeRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a look at the tables says of one [FeedHistory], by going through all of it. One thread.
public final class InMemoryFeedLook implements FeedAudit.Look {
  private static final Comparator<TradeMark> BY_ID =
      Comparator.comparingLong(TradeMark::id).thenComparingLong(TradeMark::micros);
  private static final long SECOND = 1_000_000;

  private final FeedHistory history;

  public InMemoryFeedLook(FeedHistory history) {
    this.history = history;
  }

  @Override
  public long nowMicros() {
    return history.nowMicros();
  }

  @Override
  public List<AuditedSeries> series() {
    return List.of(history.series());
  }

  private List<TradeMark> trades(Predicate<TradeMark> wanted) {
    return history.stored().stream().filter(wanted).sorted(BY_ID).toList();
  }

  @Override
  public StoredTrades stored(AuditedSeries series) {
    long from = series.fromMicros();
    long to = series.toMicros();
    if (!series.isProvable()) {
      return counted(
          trades(each -> from <= each.micros() && each.micros() < to),
          Optional.empty(),
          Optional.empty());
    }
    Optional<TradeMark> below = highest(trades(each -> each.micros() < from));
    long last = highest(trades(each -> each.micros() < to)).map(TradeMark::id).orElse(-1L);
    Optional<TradeMark> above =
        trades(each -> each.micros() >= to && each.id() > last).stream().findFirst();
    long first = below.map(TradeMark::id).orElse(-1L);
    long end = above.map(TradeMark::id).orElse(Long.MAX_VALUE);
    return counted(trades(each -> first < each.id() && each.id() < end), below, above);
  }

  /// Of several with this id the earliest.
  private static Optional<TradeMark> highest(List<TradeMark> trades) {
    return trades.isEmpty()
        ? Optional.empty()
        : trades.stream().filter(each -> each.id() == trades.getLast().id()).findFirst();
  }

  private static StoredTrades counted(
      List<TradeMark> trades, Optional<TradeMark> below, Optional<TradeMark> above) {
    Optional<TradeRun> run = Optional.empty();
    if (!trades.isEmpty()) {
      long earliest = trades.stream().mapToLong(TradeMark::micros).min().orElseThrow();
      long latest = trades.stream().mapToLong(TradeMark::micros).max().orElseThrow();
      run =
          Optional.of(
              new TradeRun(
                  new TradeMark(trades.getFirst().id(), earliest),
                  new TradeMark(trades.getLast().id(), latest)));
    }
    long ids = trades.stream().mapToLong(TradeMark::id).distinct().count();
    return new StoredTrades(trades.size(), ids, run, below, above, 0, 0);
  }

  @Override
  public void evidence(
      AuditedSeries series,
      StoredTrades stored,
      TradeMark below,
      TradeMark above,
      Consumer<IdEvidence> to) {
    List<IdEvidence> all = new ArrayList<>();
    if (series.isProvable()) {
      all.addAll(missing(below, above));
      history.noted().stream()
          .filter(each -> each.ids().last() > below.id() && each.ids().first() < above.id())
          .forEach(all::add);
    } else {
      history.noted().stream()
          .filter(each ->
              each.gap().above().micros() >= series.fromMicros()
                  && each.gap().below().micros() < series.toMicros())
          .forEach(all::add);
    }
    all.sort(
        Comparator.comparingLong((IdEvidence each) -> each.ids().first())
            .thenComparing(each -> each instanceof IdEvidence.Noted));
    all.forEach(to);
  }

  private List<IdEvidence> missing(TradeMark below, TradeMark above) {
    List<TradeMark> there =
        new ArrayList<>(trades(each -> below.id() < each.id() && each.id() < above.id()));
    there.addFirst(below);
    there.addLast(above);
    List<IdEvidence> missing = new ArrayList<>();
    for (int i = 1; i < there.size(); i++) {
      TradeMark before = there.get(i - 1);
      TradeMark after = there.get(i);
      if (after.id() > before.id() + 1) {
        missing.add(
            new Missing(
                new IdRange(before.id() + 1, after.id() - 1),
                Math.min(before.micros(), after.micros()),
                Math.max(before.micros(), after.micros())));
      }
    }
    return missing;
  }

  @Override
  public void pauses(AuditedSeries series, Consumer<TradePause> to) {
    long next = Math.floorDiv(series.fromMicros(), SECOND);
    for (long second : seconds(series)) {
      if (next < second) {
        to.accept(new TradePause(next, second));
      }
      next = second + 1;
    }
    long end = Math.floorDiv(series.toMicros(), SECOND);
    if (next < end) {
      to.accept(new TradePause(next, end));
    }
  }

  @Override
  public long tradeSeconds(AuditedSeries series) {
    return seconds(series).size();
  }

  private TreeSet<Long> seconds(AuditedSeries series) {
    long from = Math.floorDiv(series.fromMicros(), SECOND);
    long end = Math.floorDiv(series.toMicros(), SECOND);
    TreeSet<Long> seconds = new TreeSet<>();
    for (TradeMark trade : history.stored()) {
      long second = Math.floorDiv(trade.micros(), SECOND);
      if (from <= second && second < end) {
        seconds.add(second);
      }
    }
    return seconds;
  }

  @Override
  public List<FeedInterval> states(AuditedSeries series) {
    long last =
        history.states().stream()
            .mapToLong(FeedInterval::fromMicros)
            .filter(from -> from <= series.fromMicros())
            .max()
            .orElse(Long.MIN_VALUE);
    return history.states().stream()
        .filter(each -> each.fromMicros() >= last && each.fromMicros() < series.toMicros())
        .toList();
  }

  @Override
  public void close() {}
}

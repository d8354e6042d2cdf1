package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.UnusableTrade;
import java.time.Duration;
import java.util.List;

/// What a page of the venue's history makes of a hole. One thread.
final class GapFiller {
  /// What a venue does not show now it may show in a minute.
  static final Duration VOID_AFTER = Duration.ofSeconds(60);

  private GapFiller() {}

  /// The trades of the page that are missing.
  static List<Tick> wanted(Series series, HistoryPage page) {
    return page.trades().stream().filter(trade -> series.gaps().isOpen(trade.seq())).toList();
  }

  /// Those that are missing and are no trades of ours.
  static List<UnusableTrade> unusable(Series series, HistoryPage page) {
    return page.unusable().stream()
        .filter(trade -> trade.id().isEmpty() || series.gaps().isOpen(trade.id().getAsLong()))
        .toList();
  }

  /// The page's wanted trades are published and the unusable ones are dead letters: notes them, and
  /// what the page says of the other ids.
  ///
  /// @return whether the page changed anything
  static boolean apply(
      Series series,
      HoleSpan span,
      HistoryPage page,
      List<Tick> wanted,
      List<UnusableTrade> unusable,
      long nowMicros) {
    series.fill(wanted, nowMicros);
    for (UnusableTrade refused : unusable) {
      refused.id().ifPresent(id -> series.refused(id, span.below().micros(), nowMicros));
    }
    boolean isGone = page.keptFrom() > span.ids().first();
    if (isGone) {
      TradeMark last =
          new TradeMark(
              Math.min(page.keptFrom() - 1, span.ids().last()),
              page.trades().isEmpty()
                  ? span.above().micros()
                  : page.trades().getFirst().srcMicros());
      series.gaps().close(span.first(), last, GapState.GONE, "", nowMicros);
    }
    boolean isSpokenOf =
        page.shown().map(shown -> notShown(series, span, shown, nowMicros)).orElse(false);
    return isSpokenOf || isGone || !wanted.isEmpty() || !unusable.isEmpty();
  }

  /// Ids of the holes between those that the venue gave, which it did not give; returns whether
  /// there are such.
  private static boolean notShown(Series series, HoleSpan span, IdRange shown, long nowMicros) {
    boolean any = false;
    for (FeedGap open : List.copyOf(series.gaps().open())) {
      boolean isSpokenOf =
          span.ids().contains(open.ids().first())
              && shown.first() <= open.ids().first()
              && open.ids().last() <= shown.last();
      if (!isSpokenOf) {
        continue;
      }
      any = true;
      long since = open.voidSinceMicros();
      if (since == 0) {
        series.gaps().asked(open.asked(nowMicros));
      } else if (nowMicros - since >= VOID_AFTER.toNanos() / 1_000) {
        series.gaps().close(open.first(), open.last(), GapState.VOID, "", nowMicros);
      }
    }
    return any;
  }
}

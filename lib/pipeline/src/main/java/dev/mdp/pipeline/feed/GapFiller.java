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
  static List<Tick> wanted(Series series, FeedGap gap, HistoryPage page) {
    return page.trades().stream()
        .filter(trade -> gap.ids().contains(trade.seq()) && !series.has(trade.seq()))
        .toList();
  }

  /// The page's wanted trades are published: notes them, and what the page says of the other ids.
  ///
  /// @return whether the page changed anything
  static boolean apply(
      Series series, FeedGap gap, HistoryPage page, List<Tick> wanted, long nowMicros) {
    series.fill(wanted, nowMicros);
    for (UnusableTrade refused : page.unusable()) {
      refused.id().ifPresent(id -> series.refused(id, gap.below().micros(), nowMicros));
    }
    boolean isGone = page.keptFrom() > gap.ids().first();
    if (isGone) {
      TradeMark last =
          new TradeMark(
              Math.min(page.keptFrom() - 1, gap.ids().last()),
              page.trades().isEmpty()
                  ? gap.above().micros()
                  : page.trades().getFirst().srcMicros());
      series.gaps().close(gap.first(), last, GapState.GONE, "", nowMicros);
    }
    boolean isShown =
        page.shown().map(shown -> notShown(series, gap, shown, nowMicros)).isPresent();
    return isShown || isGone || !wanted.isEmpty() || !page.unusable().isEmpty();
  }

  /// Ids of the hole between those that the venue gave, which it did not give.
  private static boolean notShown(Series series, FeedGap gap, IdRange shown, long nowMicros) {
    for (FeedGap open : List.copyOf(series.gaps().open())) {
      boolean isSpokenOf =
          gap.ids().contains(open.ids().first())
              && shown.first() <= open.ids().first()
              && open.ids().last() <= shown.last();
      if (!isSpokenOf) {
        continue;
      }
      long since = open.voidSinceMicros();
      if (since == 0) {
        series.gaps().asked(open.asked(nowMicros));
      } else if (nowMicros - since >= VOID_AFTER.toNanos() / 1_000) {
        series.gaps().close(open.first(), open.last(), GapState.VOID, "", nowMicros);
      }
    }
    return true;
  }
}

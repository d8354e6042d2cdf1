package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Holes of one series that are asked for together: one, or several that a page of the venue's
/// history has room for.
///
/// @param holes ascending, at least one
record HoleSpan(List<FeedGap> holes) {
  HoleSpan {
    holes = List.copyOf(holes);
  }

  /// The first wanted hole of these, and the wanted ones of its series that follow it within a
  /// page; empty when none is wanted.
  ///
  /// @param open where those of a series are not ascending, the span ends
  static Optional<HoleSpan> first(Collection<FeedGap> open, Predicate<FeedGap> isWanted) {
    List<FeedGap> span = new ArrayList<>();
    for (FeedGap gap : open) {
      if (span.isEmpty() || isNear(span, gap)) {
        if (isWanted.test(gap)) {
          span.add(gap);
        }
      } else {
        break;
      }
    }
    return span.isEmpty() ? Optional.empty() : Optional.of(new HoleSpan(span));
  }

  private static boolean isNear(List<FeedGap> span, FeedGap gap) {
    FeedGap first = span.getFirst();
    return gap.ids().first() > span.getLast().ids().last()
        && gap.symbol().equals(first.symbol())
        && gap.epoch() == first.epoch()
        && gap.ids().last() - first.ids().first() < Series.PAGE - 2;
  }

  Symbol symbol() {
    return holes.getFirst().symbol();
  }

  int epoch() {
    return holes.getFirst().epoch();
  }

  /// The trade before the first hole.
  TradeMark below() {
    return holes.getFirst().below();
  }

  /// The trade after the last hole.
  TradeMark above() {
    return holes.getLast().above();
  }

  /// From the first hole's first id to the last one's last, those between the holes included.
  IdRange ids() {
    return new IdRange(first().id(), last().id());
  }

  /// The first hole's first trade.
  TradeMark first() {
    return holes.getFirst().first();
  }

  /// The last hole's last trade.
  TradeMark last() {
    return holes.getLast().last();
  }
}

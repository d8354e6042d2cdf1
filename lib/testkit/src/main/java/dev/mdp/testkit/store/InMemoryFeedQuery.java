package dev.mdp.testkit.store;

import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.testkit.store.InMemoryFeedNotes.Noted;
import dev.mdp.testkit.store.InMemoryFeedNotes.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is looked for in the notes of [InMemoryFeedStore]. One thread.
final class InMemoryFeedQuery {
  private static final Comparator<FeedReader.Gap> NEWEST_FIRST =
      Comparator.comparingLong((FeedReader.Gap each) -> each.gap().below().micros())
          .thenComparingLong(FeedReader.Gap::id)
          .reversed();

  private final InMemoryFeedNotes notes;
  private final FeedReader.Query query;

  /// Who publishes a series.
  record Publisher(int shard, Optional<String> owner) {}

  InMemoryFeedQuery(InMemoryFeedNotes notes, FeedReader.Query query) {
    this.notes = notes;
    this.query = query;
  }

  List<FeedReader.Row> series(Function<Series, Publisher> publishers) {
    List<FeedReader.Row> all = new ArrayList<>();
    notes
        .cursors()
        .forEach((series, epochs) -> {
          if (isMeant(series) && all.size() < query.limit()) {
            Noted newest = epochs.lastEntry().getValue();
            Publisher publisher = publishers.apply(series);
            all.add(
                new FeedReader.Row(
                    series.provider(),
                    publisher.shard(),
                    notes.ids(series.provider()),
                    newest.cursor(),
                    publisher.owner(),
                    newest.at(),
                    notes.openGaps(series).count(),
                    notes.openGaps(series).mapToLong(gap -> gap.ids().size()).sum()));
          }
        });
    return all;
  }

  List<FeedReader.Gap> gaps() {
    long from = query.from().map(Micros::of).orElse(Micros.MIN);
    long to = query.to().map(Micros::of).orElse(Micros.MAX);
    return notes.gaps().stream()
        .filter(each -> isMeant(new Series(each.provider(), each.gap().symbol())))
        .filter(each -> each.gap().above().micros() >= from && each.gap().below().micros() < to)
        .filter(each -> each.gap().state().isOpen() || !query.openOnly())
        .sorted(NEWEST_FIRST)
        .limit(query.limit())
        .toList();
  }

  private boolean isMeant(Series series) {
    return query.provider().filter(name -> !name.equals(series.provider())).isEmpty()
        && query.symbol().filter(name -> !name.equals(series.symbol().value())).isEmpty();
  }
}

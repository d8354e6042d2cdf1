package dev.mdp.ops.feed;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.IdEvidence.Missing;
import dev.mdp.core.feed.IdEvidence.Noted;
import dev.mdp.core.feed.IdRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives each missing id of a series its word, by the holes that are noted and by how far the
/// trades have come. It holds what touches one place of the series, however long that is. One use,
/// one thread.
final class MissingSweep implements Consumer<IdEvidence> {
  private final AuditedSeries series;
  private final long beforeFirstStored;
  private final long head;
  private final Consumer<MissingIds> to;

  /// Noted holes that begin at or before the place and end at or after it.
  private final List<Noted> touching = new ArrayList<>();

  private @Nullable Missing missing;
  private long next;

  /// @param beforeFirstStored ids up to it are below every stored trade; `Long.MIN_VALUE` when a
  ///   trade before them is stored
  MissingSweep(AuditedSeries series, long beforeFirstStored, Consumer<MissingIds> to) {
    this.series = series;
    this.beforeFirstStored = beforeFirstStored;
    this.head = series.cursor().map(FeedCursor::head).map(mark -> mark.id()).orElse(Long.MAX_VALUE);
    this.to = to;
  }

  /// In the order of the first ids, of two with the same one the missing ids first.
  @Override
  public void accept(IdEvidence evidence) {
    long first = evidence.ids().first();
    if (first > Long.MIN_VALUE) {
      advance(first - 1);
    }
    touching.removeIf(each -> each.ids().last() < first);
    switch (evidence) {
      case Missing found -> {
        missing = found;
        next = first;
      }
      case Noted noted -> touching.add(noted);
    }
  }

  /// After the last one.
  void end() {
    advance(Long.MAX_VALUE);
  }

  /// Explains the missing ids up to this one.
  private void advance(long through) {
    Missing found = missing;
    while (found != null && next <= Math.min(through, found.ids().last())) {
      long place = next;
      touching.removeIf(each -> each.ids().last() < place);
      long last = Math.min(through, found.ids().last());
      for (Noted each : touching) {
        last = Math.min(last, each.ids().last());
      }
      for (long bound : List.of(head, beforeFirstStored)) {
        last = place <= bound ? Math.min(last, bound) : last;
      }
      explain(found, new IdRange(place, last));
      if (last == found.ids().last()) {
        found = null;
        missing = null;
      } else {
        next = last + 1;
      }
    }
  }

  private void explain(Missing found, IdRange ids) {
    Optional<Noted> noted =
        touching.stream().min(Comparator.comparing(each -> word(each.gap().state(), ids)));
    IdWord word = noted.map(each -> word(each.gap().state(), ids)).orElseGet(() -> unnoted(ids));
    to.accept(new MissingIds(series, ids, word, noted, found.fromMicros(), found.toMicros()));
  }

  /// A hole that is filled explains nothing while its trades are not stored.
  private IdWord word(GapState state, IdRange ids) {
    if (state != GapState.FILLED) {
      return IdWord.of(state);
    }
    IdWord word = unnoted(ids);
    return word == IdWord.UNEXPLAINED ? IdWord.FILLED : word;
  }

  private IdWord unnoted(IdRange ids) {
    if (ids.last() <= beforeFirstStored && series.isPruned()) {
      return IdWord.UNVERIFIABLE;
    }
    return switch (ids.first() <= head ? series.noted() : series.unnoted()) {
      case STORED -> IdWord.UNEXPLAINED;
      case ON_THE_WAY -> IdWord.PENDING;
      case STUCK -> IdWord.UNVERIFIED;
    };
  }
}

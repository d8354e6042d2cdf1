package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedReader.Query;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.TradeIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What every feed store has to do: leases, commits, and what is read of them.
public abstract class FeedStoreContract extends AskedGapsContract {
  private static final Symbol QQQ = new Symbol("QQQ");

  @Test
  void aSeriesIsShownWithItsOwnerAndItsOpenHoles() {
    FeedCursor spy = new FeedCursor(SPY, 0, 1, 9, mark(90));
    FeedLease lease = claim("first").lease();
    commit(
        lease,
        with(
            at(5),
            List.of(spy, cursor(QQQ, 3)),
            List.of(
                gap(SPY, 10, 19),
                gap(SPY, 30, 30),
                gap(SPY, 40, 49).closed(GapState.FILLED, "", NOW)),
            List.of()));

    List<FeedReader.Row> rows = reader().series(all());

    assertThat(rows).extracting(row -> row.cursor().symbol()).containsExactly(QQQ, SPY);
    FeedReader.Row row = rows.getLast();
    assertThat(row.cursor()).isEqualTo(spy);
    assertThat(row.provider()).isEqualTo(provider);
    assertThat(row.shard()).isZero();
    assertThat(row.ids()).isEqualTo(TradeIds.CONTIGUOUS);
    assertThat(row.owner()).contains("first");
    assertThat(row.openGaps()).isEqualTo(2);
    assertThat(row.openIds()).isEqualTo(11);
    pass(LEASE);
    assertThat(reader().series(all())).allMatch(each -> each.owner().isEmpty());
  }

  @Test
  void aSeriesIsShownOnceInItsNewestEpoch() {
    FeedLease lease = claim("first").lease();
    FeedCursor begun = new FeedCursor(SPY, 1, 1, 2, mark(2));
    commit(lease, with(at(5), List.of(cursor(SPY, 90)), List.of(gap(SPY, 10, 19)), List.of()));
    commit(lease, cursors(begun));

    List<FeedReader.Row> rows = reader().series(all());

    assertThat(rows).extracting(FeedReader.Row::cursor).containsExactly(begun);
    assertThat(rows.getFirst().openIds()).as("those of all epochs").isEqualTo(10);
  }

  @Test
  void seriesAreFoundByNameAndAtMostAsManyAsAsked() {
    FeedLease lease = claim("first").lease();
    commit(lease, cursors(cursor(SPY, 90), cursor(QQQ, 3)));

    assertThat(reader().series(query(Optional.of("SPY"), 10))).hasSize(1);
    assertThat(reader().series(query(Optional.empty(), 1)))
        .extracting(row -> row.cursor().symbol())
        .containsExactly(QQQ);
    assertThat(reader().series(query(Optional.of("IWM"), 10))).isEmpty();
  }

  @Test
  void holesAreShownTheNewestFirst() {
    FeedGap first = gap(SPY, 10, 19);
    FeedGap closed = gap(SPY, 30, 39).closed(GapState.VOID, "the venue has none", NOW);
    FeedGap last = gap(QQQ, 50, 59);
    commit(claim("first").lease(), gaps(first, last, closed));

    assertThat(gaps(all())).containsExactly(last, closed, first);
    assertThat(gaps(query(Optional.of("SPY"), 10))).containsExactly(closed, first);
    assertThat(gaps(query(Optional.empty(), 2))).containsExactly(last, closed);
    Query open =
        new Query(
            Optional.of(provider), Optional.empty(), Optional.empty(), Optional.empty(), true, 10);
    assertThat(gaps(open)).containsExactly(last, first);
  }

  @Test
  void holesAreFoundByTheTimesOfTheirNeighbours() {
    FeedGap gap = gap(SPY, 10, 19);
    commit(claim("first").lease(), gaps(gap));
    long below = gap.below().micros();
    long above = gap.above().micros();

    assertThat(gaps(between(above, above + 1))).containsExactly(gap);
    assertThat(gaps(between(above + 1, above + 9))).isEmpty();
    assertThat(gaps(between(below - 9, below + 1))).containsExactly(gap);
    assertThat(gaps(between(below - 9, below))).isEmpty();
    assertThat(gaps(between(below + 1, above - 1))).containsExactly(gap);
  }

  @Test
  void aHoleKeepsItsNumberAndAnotherHasAnother() {
    FeedLease lease = claim("first").lease();
    commit(lease, gaps(gap(SPY, 10, 19)));
    long number = number(10).orElseThrow();

    commit(lease, gaps(gap(SPY, 10, 12).closed(GapState.FILLED, "", NOW), gap(SPY, 13, 19)));

    assertThat(number(10)).hasValue(number);
    assertThat(number(13)).isNotEmpty().isNotEqualTo(OptionalLong.of(number));
  }

  private OptionalLong number(long first) {
    return reader().gaps(all()).stream()
        .filter(each -> each.gap().ids().first() == first)
        .mapToLong(FeedReader.Gap::id)
        .findFirst();
  }

  private List<FeedGap> gaps(Query query) {
    List<FeedReader.Gap> found = reader().gaps(query);
    assertThat(found).allMatch(each -> each.provider().equals(provider));
    return found.stream().map(FeedReader.Gap::gap).toList();
  }

  private Query all() {
    return query(Optional.empty(), 100);
  }

  private Query query(Optional<String> symbol, int limit) {
    return new Query(
        Optional.of(provider), symbol, Optional.empty(), Optional.empty(), false, limit);
  }

  private Query between(long from, long to) {
    Optional<Instant> begin = Optional.of(Micros.instant(from));
    Optional<Instant> end = Optional.of(Micros.instant(to));
    return new Query(Optional.of(provider), Optional.empty(), begin, end, false, 100);
  }
}

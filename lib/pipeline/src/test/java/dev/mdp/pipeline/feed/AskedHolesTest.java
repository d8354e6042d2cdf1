package dev.mdp.pipeline.feed;

import static dev.mdp.pipeline.feed.FeedShop.BTC;
import static dev.mdp.pipeline.feed.FeedShop.ETH;
import static dev.mdp.pipeline.feed.FeedShop.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.Tick;
import dev.mdp.testkit.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holes that an operator wants to have asked for again, by the worker that publishes their shard
/// and where there is none.
class AskedHolesTest {
  private final FeedShop shop = new FeedShop(3, Faults.NONE);
  private final TapeVenue venue = shop.venue;

  @Test
  void whatWasGivenUpIsFilledWhenTheVenueHasItAfterAll() {
    FeedWorker worker = gone();
    assertThat(shop.gaps()).containsExactlyInAnyOrder("11–39 gone", "40–60 filled");

    venue.keepsFrom(0);
    shop.poll(worker, Duration.ofSeconds(20));
    assertThat(shop.published(BTC)).as("no one asked").doesNotContain(11L);
    shop.askAll();
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 61));
    assertThat(shop.gaps()).containsExactlyInAnyOrder("11–39 filled", "40–60 filled");
    assertThat(shop.ends()).extracting(LaneEnd::lane).allMatch(Lanes::isFill);
  }

  @Test
  void aHoleThatWaitsIsAskedForAtOnce() {
    FeedWorker worker = open();
    venue.historyIsAway(false);
    shop.askAll();
    shop.poll(worker, Duration.ofSeconds(3));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 25));
  }

  @Test
  void whatTheVenueStillDoesNotHaveIsGivenUpAgain() {
    FeedWorker worker = gone();
    shop.askAll();
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.gaps()).containsExactlyInAnyOrder("11–39 gone", "40–60 filled");
    assertThat(shop.published(BTC)).hasSize(32);
  }

  /// The next owner believes that all below the head is published but for the open holes; which of
  /// a hole that was given up are is what the tick table has.
  @Test
  void nothingIsPublishedTwiceWhateverIsAskedFor() {
    FeedWorker first = gone();
    List<Tick> late = venue.tape(BTC).subList(19, 25); // 20 to 25 came after all
    venue.stream(late);
    shop.poll(first, Duration.ofSeconds(2));
    shop.stored.addAll(late);
    first.drain();
    venue.keepsFrom(0);

    FeedWorker second = shop.worker();
    shop.poll(second, Duration.ofSeconds(2));
    shop.askAll();
    shop.poll(second, Duration.ofSeconds(5));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 61));
    assertThat(shop.gaps()).noneMatch(gap -> gap.endsWith("open") || gap.endsWith("gone"));
  }

  @Test
  void whatTheSameProcessPublishedIsKnownWithoutTheTable() {
    FeedWorker worker = gone();
    venue.stream(venue.tape(BTC).subList(19, 25));
    shop.poll(worker, Duration.ofSeconds(2));
    venue.keepsFrom(0);
    shop.askAll();
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 61));
  }

  @Test
  void aMarkThatNoOneTookUpIsTakenUpByTheNextOwner() {
    FeedWorker first = gone();
    first.drain();
    venue.keepsFrom(0);
    shop.askAll();

    FeedWorker second = shop.worker();
    shop.poll(second, Duration.ofSeconds(5));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 61));
  }

  @Test
  void whereNoProcessPublishesTheShardItIsOwnedMeanwhile() {
    gone().drain();
    venue.keepsFrom(0);
    shop.askAll();

    FillWorker fill = shop.fillWorker(List.of(BTC, ETH), Duration.ZERO);
    shop.untilFinished(fill);
    fill.drain();

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 61));
    assertThat(shop.gaps()).containsExactlyInAnyOrder("11–39 filled", "40–60 filled");
    assertThat(fill.tally().filled()).isEqualTo(29);
    FeedWorker next = shop.worker();
    shop.poll(next, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 2));
    shop.poll(next, Duration.ofSeconds(2));
    assertThat(shop.published(BTC)).as("the lease was given back").isEqualTo(ids(1, 63));
  }

  @Test
  void whatNoOneAskedForIsNotFilledMeanwhile() {
    open().drain();
    venue.historyIsAway(false);

    FillWorker fill = shop.fillWorker(List.of(BTC), Duration.ZERO);
    shop.untilFinished(fill);
    fill.drain();

    assertThat(shop.gaps()).containsExactly("11–15 open");
  }

  @Test
  void itEndsWhenTheVenueGivesNothingNow() {
    open().drain();
    shop.askAll();

    FillWorker fill = shop.fillWorker(List.of(BTC), Duration.ofSeconds(20));
    Instant begun = shop.clock.instant();
    shop.untilFinished(fill);
    fill.drain();

    assertThat(shop.clock.instant()).isAfterOrEqualTo(begun.plusSeconds(20));
    assertThat(shop.gaps()).containsExactly("11–15 open");
  }

  @Test
  void aVoidIsOneAfterAMinute() {
    open().drain();
    venue.historyIsAway(false);
    venue.neverHad(11, 12, 13, 14, 15);
    shop.askAll();

    FillWorker fill = shop.fillWorker(List.of(BTC), Duration.ofMinutes(3));
    shop.untilFinished(fill);
    fill.drain();

    assertThat(shop.gaps()).containsExactly("11–15 void");
  }

  @Test
  void whatAnotherProcessOwnsIsLeftToIt() {
    FeedWorker owner = gone();
    venue.keepsFrom(0);
    shop.askAll();

    FillWorker fill = shop.fillWorker(List.of(BTC), Duration.ZERO);
    shop.untilFinished(fill);
    fill.drain();

    assertThat(fill.tally().filled()).isZero();
    shop.poll(owner, Duration.ofSeconds(5));
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 61));
  }

  /// 1–10 and 61 are published, 40–60 filled, 11–39 gone.
  private FeedWorker gone() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 50);
    venue.keepsFrom(40);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(10));
    return worker;
  }

  /// 1–10 and 16–25 are published; the history is away, and not asked again for minutes.
  private FeedWorker open() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.historyIsAway(true);
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofMinutes(6));
    assertThat(shop.gaps()).containsExactly("11–15 open");
    return worker;
  }
}

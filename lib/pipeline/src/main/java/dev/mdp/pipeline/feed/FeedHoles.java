package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.UnusableTrade;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the holes of the owned shards from the venue's history, in a separate lane that is ended
/// when nothing more can be had at once. One thread.
final class FeedHoles {
  private static final Logger LOG = LoggerFactory.getLogger(FeedHoles.class);

  private final LiveFeed feed;
  private final String provider;
  private final Optional<HistoryFeed> history;
  private final Optional<Refill> refill;
  private final Publisher publisher;
  private final FeedRefusals refusals;
  private final FeedTally tally;
  private final InstantSource clock;
  private final FillLane lane;
  private final AskedHoles asked;

  FeedHoles(
      FeedSettings settings,
      FeedPorts ports,
      Publisher publisher,
      FeedRefusals refusals,
      FeedTally tally) {
    this.feed = ports.feed();
    this.provider = feed.provider();
    this.history = ports.history();
    this.refill = history.map(each -> new Refill(each, ports.requests()));
    this.publisher = publisher;
    this.refusals = refusals;
    this.tally = tally;
    this.clock = ports.clock();
    this.lane = new FillLane(settings.run());
    this.asked = new AskedHoles(provider, ports.asked(), ports.stored(), ports.clock());
  }

  boolean canFill() {
    return refill.isPresent();
  }

  /// Takes up what operators want to have asked for again.
  void takeAsked(FeedShards shards) {
    refill.ifPresent(asking -> asked.take(shards, asking::forget));
  }

  /// Takes what the venue has given, asks for more, first for what operators asked for; returns how
  /// many trades it published.
  int fill(FeedShards shards) {
    return fill(shards, _ -> true);
  }

  /// The same for what operators asked for alone.
  int fillAsked(FeedShards shards) {
    return fill(shards, asked::has);
  }

  /// Whether the venue was asked for all that operators asked for, and gave what it gives now.
  boolean isAskedDone(FeedShards shards) {
    Instant now = clock.instant();
    return refill.isEmpty()
        || !refill.get().isAsking()
            && (refill.get().isClosed(now)
                || asked.open(shards).stream().noneMatch(gap -> refill.get().isWanted(gap, now)));
  }

  /// Whether nothing that operators asked for is open.
  boolean isAskedClosed(FeedShards shards) {
    return asked.open(shards).isEmpty();
  }

  /// The same trade, as one that fills a hole: windows that are open take it, the others are
  /// computed again.
  Tick behind(Tick trade) {
    return lane.of(trade);
  }

  private int fill(FeedShards shards, Predicate<FeedGap> wanted) {
    if (refill.isEmpty()) {
      end();
      return 0;
    }
    Refill asking = refill.get();
    Instant now = clock.instant();
    asking.newest(now).ifPresent(newest -> doubted(newest, shards, now));
    int filled = asking.answer(now).map(answer -> take(asking, answer, shards)).orElse(0);
    List<FeedGap> open = new ArrayList<>();
    for (OwnedShard shard : shards.owned()) {
      boolean waits = false;
      for (Series series : shard.series()) {
        series.gaps().open().stream().filter(wanted).forEach(open::add);
        waits |= series.gaps().open().stream().anyMatch(gap -> asking.isWanted(gap, now));
      }
      if (!waits) {
        shard.outgoing().release();
      }
    }
    askForDoubtful(asking, shards, now);
    asking.ask(asked.first(open), now);
    if (lane.isBegun() && !asking.isAsking()) {
      end();
    }
    return filled;
  }

  /// A series that is quiet for too long may have been missed: the venue says which trade is its
  /// newest, or whether it has the series at all.
  private static void askForDoubtful(Refill asking, FeedShards shards, Instant now) {
    for (OwnedShard shard : shards.owned()) {
      for (Series series : shard.series()) {
        if (isDoubtful(shard, series, now) && asking.askNewest(series, now)) {
          series.pulse().asked(now);
          return;
        }
      }
    }
  }

  private static boolean isDoubtful(OwnedShard shard, Series series, Instant now) {
    boolean isWanted = shard.times(series.symbol()) != null;
    return isWanted
        && series
            .head()
            .map(head -> series.pulse().isDoubtful(head.id(), now))
            .orElseGet(() -> series.pulse().isUnheard(now));
  }

  private void doubted(Refill.Newest newest, FeedShards shards, Instant now) {
    Series series = newest.series();
    switch (newest) {
      case Refill.Newest.Known(Series _, TradeMark mark) -> {
        if (series.newestIs(mark, "quiet", Micros.of(now))) {
          LOG.warn(
              "{} {}: the venue's newest trade is {}, and the stream did not bring it",
              provider,
              series.symbol(),
              mark.id());
          tally.found(1);
          if (series.pulse().isSilent(now)) {
            feed.renew(series.symbol());
          }
        }
      }
      case Refill.Newest.Refused(Series _, String why) -> {
        OwnedShard shard = shards.of(series.symbol());
        SymbolTimes times = shard == null ? null : shard.times(series.symbol());
        if (series.head().isPresent()) {
          LOG.warn("{} {}: the newest trade is not known: {}", provider, series.symbol(), why);
        } else if (times != null && times.state() != FeedInterval.State.REFUSED) {
          LOG.error(
              "refused: {} {}: nothing of it ever came, and the venue's history says: {}",
              provider,
              series.symbol(),
              why);
          times.is(FeedInterval.State.REFUSED, Micros.of(now));
          tally.refused();
        }
      }
    }
  }

  private int take(Refill asking, Refill.Answer answer, FeedShards shards) {
    HoleSpan span = answer.span();
    OwnedShard shard = shards.of(span.symbol());
    Series series = shard == null ? null : shard.series(span.symbol());
    if (shard == null || series == null || !areHolesOf(series, span)) {
      return 0; // lost, or of no interest any more
    }
    return switch (answer) {
      case Refill.Answer.Page(HoleSpan _, HistoryPage page) -> {
        shards.requireLease(shard);
        yield publish(asking, shard, series, span, page);
      }
      case Refill.Answer.Refused(HoleSpan _, String why) -> {
        LOG.error("{} {}: holes cannot be filled: {}", provider, span.symbol(), why);
        long now = Micros.of(clock.instant());
        span.holes()
            .forEach(
                gap -> series.gaps().close(gap.first(), gap.last(), GapState.REFUSED, "", now));
        yield 0;
      }
      case Refill.Answer.Later(HoleSpan _) -> 0;
    };
  }

  /// A shard that was claimed again may not know of the holes yet.
  private static boolean areHolesOf(Series series, HoleSpan span) {
    return series.epoch() == span.epoch()
        && series.head().map(head -> span.ids().last() <= head.id()).orElse(false);
  }

  private int publish(
      Refill asking, OwnedShard shard, Series series, HoleSpan span, HistoryPage page) {
    List<Tick> wanted = GapFiller.wanted(series, page);
    List<UnusableTrade> unusable = GapFiller.unusable(series, page);
    unusable.forEach(refusals::add);
    refusals.publish();
    if (!wanted.isEmpty()) {
      publisher.publish(wanted.stream().map(lane::of).toList());
      shard.sent();
      tally.filled(wanted.size());
    }
    Instant now = clock.instant();
    boolean changed = GapFiller.apply(series, span, page, wanted, unusable, Micros.of(now));
    for (FeedGap asked : span.holes()) {
      if (changed) {
        asking.forget(asked);
      } else {
        asking.later(asked, now);
      }
    }
    for (FeedGap open : series.gaps().open()) {
      if (open.voidSinceMicros() > 0) {
        asking.laterAt(open, Micros.instant(open.voidSinceMicros()).plus(GapFiller.VOID_AFTER));
      }
    }
    return wanted.size();
  }

  /// Ends the lane, if something was sent in it.
  void end() {
    if (lane.isBegun()) {
      publisher.publish(List.of(new LaneEnd(provider, lane.name())));
      lane.ended();
    }
  }

  void close() {
    history.ifPresent(HistoryFeed::close);
  }
}

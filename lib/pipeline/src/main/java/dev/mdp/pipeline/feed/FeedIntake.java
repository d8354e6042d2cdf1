package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedInterval.State;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.UnusableTrade;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what a feed brings, read by read: gives each new trade to its shard, and notes what the
/// feed says. One thread.
final class FeedIntake implements FeedListener {
  private static final Logger LOG = LoggerFactory.getLogger(FeedIntake.class);

  private final FeedShards shards;
  private final FeedTally tally;
  private final FeedRefusals refusals;
  private final String provider;
  private final TradeIds ids;
  private final ClockWatch clocks;
  private final InstantSource clock;
  private final Set<Series> touched = new LinkedHashSet<>();

  /// What the venue has confirmed: a shard that is claimed again begins with it.
  private final Set<Symbol> live = new HashSet<>();

  private long known;

  FeedIntake(
      FeedShards shards,
      FeedTally tally,
      FeedRefusals refusals,
      LiveFeed feed,
      ClockWatch clocks,
      InstantSource clock) {
    this.shards = shards;
    this.tally = tally;
    this.refusals = refusals;
    this.provider = feed.provider();
    this.ids = feed.ids();
    this.clocks = clocks;
    this.clock = clock;
  }

  /// From now on these symbols are wanted from the feed, and no others.
  void subscribed(Set<Symbol> wanted) {
    live.retainAll(wanted);
  }

  /// A shard is published from now on; symbols that are live already stay so without a notice.
  void claimed(OwnedShard shard) {
    for (Series series : shard.series()) {
      if (live.contains(series.symbol())) {
        state(series.symbol(), State.LIVE, now());
      }
    }
  }

  @Override
  public void trade(Tick trade) {
    OwnedShard shard = shards.of(trade.symbol());
    Series series = shard == null ? null : shard.series(trade.symbol());
    if (shard == null || series == null) {
      return; // another process's
    }
    clocks.trade(trade);
    if (ids == TradeIds.CONTIGUOUS) {
      if (series.beginsAgain(trade)) {
        LOG.warn(
            "{} {}: the venue restarted its ids at {}; gaps before that can no longer be filled",
            trade.provider(),
            trade.symbol(),
            trade.seq());
        series.beginAgain(now());
      }
      if (!series.accept(trade)) {
        known++;
        return;
      }
      series.pulse().trade(clock.instant());
      touched.add(series);
    }
    shard.outgoing().add(trade);
  }

  @Override
  public void unusable(UnusableTrade trade) {
    refusals.add(trade);
    tally.unusable(1);
    Symbol symbol = FeedRefusals.symbolOf(trade);
    Series series = symbol == null ? null : series(symbol);
    if (series != null && ids == TradeIds.CONTIGUOUS) {
      trade.id().ifPresent(id -> series.refusedLive(id, now()));
      touched.add(series);
    }
  }

  @Override
  public void notice(FeedNotice notice) {
    tally.notice(notice);
    switch (notice) {
      case FeedNotice.Disconnected gone -> {
        if (gone.cause() != FeedNotice.Cause.PLANNED) {
          LOG.warn(
              "{}: disconnected ({}): {}; reconnecting",
              provider,
              gone.cause().word(),
              gone.detail());
          live.clear();
          String reason =
              gone.cause() == FeedNotice.Cause.OVERFLOW ? "overflow" : Series.DISCONNECTED;
          shards.symbols().forEach(symbol -> down(symbol, gone.atMicros(), reason));
        }
      }
      case FeedNotice.Live confirmed -> {
        live.add(confirmed.symbol());
        state(confirmed.symbol(), State.LIVE, confirmed.atMicros());
      }
      case FeedNotice.NotLive gone -> {
        live.remove(gone.symbol());
        down(gone.symbol(), gone.atMicros(), Series.DISCONNECTED);
      }
      case FeedNotice.Refused refused -> {
        LOG.error(
            "{}: the venue refused the subscription: {}; check the symbols, then restart",
            provider,
            refused.detail());
        refused.symbol().ifPresentOrElse(this::refuse, this::refuseTheRest);
      }
      case FeedNotice.Head head -> {
        Series series = series(head.symbol());
        if (series != null) {
          series.pulse().announced(head.id());
        }
      }
      case FeedNotice.Unreadable unreadable ->
          LOG.warn("{}: ignored an unreadable message: {}", provider, unreadable.detail());
      case FeedNotice.ClockOffset offset -> clocks.message(offset.ahead());
      case FeedNotice.Connected _, FeedNotice.RateLimited _ -> {}
    }
  }

  /// The venue refuses whatever of it is not live.
  private void refuseTheRest() {
    for (Symbol symbol : shards.symbols()) {
      SymbolTimes times = times(symbol);
      if (times != null && times.state() != State.LIVE) {
        refuse(symbol);
      }
    }
  }

  private void refuse(Symbol symbol) {
    live.remove(symbol);
    state(symbol, State.REFUSED, now());
  }

  /// What was refused stays so: it is not asked for on the next connection.
  private void down(Symbol symbol, long atMicros, String reason) {
    Series series = series(symbol);
    if (series != null) {
      series.mayMiss(reason);
    }
    SymbolTimes times = times(symbol);
    if (times != null && times.state() != State.REFUSED) {
      state(symbol, State.DOWN, atMicros);
    }
  }

  private @Nullable SymbolTimes times(Symbol symbol) {
    OwnedShard shard = shards.of(symbol);
    return shard == null ? null : shard.times(symbol);
  }

  private @Nullable Series series(Symbol symbol) {
    OwnedShard shard = shards.of(symbol);
    return shard == null ? null : shard.series(symbol);
  }

  private void state(Symbol symbol, State state, long atMicros) {
    SymbolTimes times = times(symbol);
    if (times != null) {
      times.is(state, atMicros);
    }
    Series series = series(symbol);
    if (series != null && state == State.LIVE) {
      series.pulse().live(clock.instant());
    } else if (series != null) {
      series.pulse().gone();
    }
  }

  /// The read is over: what it passed over is missing.
  ///
  /// @param canFill whether holes can be filled, so that waiting for them is worthwhile
  void end(boolean canFill) {
    if (known > 0) {
      tally.known(known);
      known = 0;
    }
    for (Series series : touched) {
      heard(series.symbol());
      var found = series.findHoles(now());
      OwnedShard shard = shards.of(series.symbol());
      if (!found.isEmpty() && shard != null && shard.series(series.symbol()) == series) {
        tally.found(found.size());
        if (canFill) {
          shard.outgoing().hold(clock.instant());
        }
      }
    }
    touched.clear();
  }

  /// What brings trades is live, whatever the venue's history said of it.
  private void heard(Symbol symbol) {
    SymbolTimes times = times(symbol);
    if (times != null && times.state() == State.REFUSED) {
      times.is(State.LIVE, now());
    }
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}

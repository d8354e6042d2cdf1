package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import dev.mdp.core.metrics.FeedMetrics;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.ManualClock;
import dev.mdp.testkit.store.InMemoryFeedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/// A venue, a bus and a store in memory, and workers between them. One thread.
final class FeedShop {
  static final String TOPIC = "mdp.events";
  static final Symbol BTC = new Symbol("BTC-USD");
  static final Symbol ETH = new Symbol("ETH-USD");
  private static final FeedReader.Query ALL =
      new FeedReader.Query(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, 1_000_000);
  static final Duration LEASE = Duration.ofSeconds(10);
  static final Duration MAX_FUTURE = Duration.ofSeconds(5);

  final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  final TapeVenue venue = new TapeVenue(clock);
  final InMemoryBus bus;
  final InMemoryFeedStore store = new InMemoryFeedStore(clock);

  /// What the tick table has, as far as a test says so.
  final List<Tick> stored = new ArrayList<>();

  /// How far it has them, by shard.
  final Map<Integer, Position> storedThrough = new TreeMap<>();

  /// Whether the tick table has all that was ever published.
  boolean storesAll;

  private int started;

  FeedShop(int shards, Faults faults) {
    this.bus = new InMemoryBus(shards, clock, faults);
  }

  FeedWorker worker() {
    return worker(List.of(BTC, ETH), Runnable::run);
  }

  FeedWorker worker(List<Symbol> symbols, Executor requests) {
    started++;
    return new FeedWorker(
        new FeedSettings(
            TOPIC, "owner-" + started, started, symbols, LEASE, 500, MAX_FUTURE, Long.MAX_VALUE),
        new FeedPorts(
            bus,
            store,
            store,
            stored(),
            venue.feed(),
            Optional.of(venue.history()),
            requests,
            FeedMetrics.NONE,
            clock,
            clock::advance));
  }

  /// A worker that fills what was asked for.
  FillWorker fillWorker(List<Symbol> symbols, Duration patience) {
    started++;
    return new FillWorker(
        new FeedSettings(
            TOPIC, "owner-" + started, started, symbols, LEASE, 500, MAX_FUTURE, Long.MAX_VALUE),
        new FeedPorts(
            bus,
            store,
            store,
            stored(),
            new NoLiveFeed("venue"),
            Optional.of(venue.history()),
            Runnable::run,
            FeedMetrics.NONE,
            clock,
            clock::advance),
        patience);
  }

  /// An operator asks again for every hole that there is.
  void askAll() {
    store.ask(store.gaps(ALL).stream().map(FeedReader.Gap::id).toList());
  }

  void untilFinished(FillWorker worker) {
    for (int polls = 0; !worker.finished(); polls++) {
      if (polls > 100_000) {
        throw new AssertionError("it does not end");
      }
      worker.poll();
      clock.advance(Duration.ofMillis(100));
    }
  }

  private StoredIds stored() {
    return new StoredIds() {
      @Override
      public Optional<Position> storedThrough(String topic, int shard) {
        return Optional.ofNullable(storedThrough.get(shard));
      }

      @Override
      public List<TradeRun> stored(String provider, Symbol symbol, IdRange among, long fromMicros) {
        return runs(symbol, among);
      }
    };
  }

  private List<TradeRun> runs(Symbol symbol, IdRange among) {
    IdSet ids = new IdSet();
    TreeMap<Long, Long> times = new TreeMap<>();
    for (Tick tick : storesAll ? ticks() : stored) {
      if (tick.symbol().equals(symbol) && among.contains(tick.seq())) {
        ids.add(tick.seq());
        times.put(tick.seq(), tick.srcMicros());
      }
    }
    return ids.ranges().stream()
        .map(run ->
            new TradeRun(
                new TradeMark(run.first(), times.get(run.first())),
                new TradeMark(run.last(), times.get(run.last()))))
        .toList();
  }

  /// A tick worker stores at most so many entries of each log, and accepts what is lost.
  void storeTicks(int most) {
    for (int shard = 0; shard < bus.shards(); shard++) {
      List<Delivery> entries = bus.log(shard).entries();
      Position last = entries.isEmpty() ? Position.START : entries.getLast().position();
      Position through = storedThrough.getOrDefault(shard, Position.START);
      if (through.isAfter(last)) {
        through = Position.START;
      }
      int left = most;
      for (Delivery entry : entries) {
        if (left > 0 && entry.position().isAfter(through)) {
          left--;
          through = entry.position();
          if (entry instanceof Delivery.Decoded decoded && decoded.event() instanceof Tick tick) {
            stored.add(tick);
          }
        }
      }
      storedThrough.put(shard, through);
    }
  }

  /// The lowest id that is noted of a series; 1 when none is.
  long firstNoted(Symbol symbol) {
    return store.series(ALL).stream()
        .filter(row -> row.cursor().symbol().equals(symbol))
        .mapToLong(row -> row.cursor().firstId())
        .min()
        .orElse(1);
  }

  /// Polls while time passes.
  void poll(FeedWorker worker, Duration time) {
    for (long ms = 0; ms < time.toMillis(); ms += 100) {
      worker.poll();
      clock.advance(Duration.ofMillis(100));
    }
  }

  /// The trades in all logs, in each one's order.
  List<Tick> ticks() {
    return events().stream().filter(Tick.class::isInstance).map(Tick.class::cast).toList();
  }

  List<LaneEnd> ends() {
    return events().stream().filter(LaneEnd.class::isInstance).map(LaneEnd.class::cast).toList();
  }

  private List<Object> events() {
    List<Object> events = new ArrayList<>();
    for (int shard = 0; shard < bus.shards(); shard++) {
      for (Delivery delivery : bus.log(shard).history()) {
        if (delivery instanceof Delivery.Decoded decoded) {
          events.add(decoded.event());
        }
      }
    }
    return events;
  }

  /// The published ids of a symbol, ascending, each as often as it was published.
  List<Long> published(Symbol symbol) {
    return ticks().stream()
        .filter(tick -> tick.symbol().equals(symbol))
        .map(Tick::seq)
        .sorted()
        .toList();
  }

  /// `first–last state` of every hole that was ever noted.
  List<String> gaps() {
    return store.gaps(ALL).stream().map(gap -> words(gap.gap())).sorted().toList();
  }

  /// `first–last reason` of every hole that was ever noted.
  List<String> reasons() {
    return store.gaps(ALL).stream()
        .map(gap -> gap.gap().ids() + " " + gap.gap().reason())
        .sorted()
        .toList();
  }

  /// The words for a symbol's time, in order.
  List<String> states(Symbol symbol) {
    return store.intervals(TapeVenue.PROVIDER).stream()
        .filter(interval -> interval.symbol().equals(symbol))
        .map(interval -> interval.state().word())
        .toList();
  }

  private static String words(FeedGap gap) {
    IdRange ids = gap.ids();
    return ids + " " + gap.state().word();
  }

  static List<Long> ids(long first, long last) {
    List<Long> ids = new ArrayList<>();
    for (long id = first; id <= last; id++) {
      ids.add(id);
    }
    return ids;
  }
}

package dev.mdp.pipeline.feed;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A venue in memory with contiguous ids per symbol: what its stream brings is told by the test,
/// its history has every trade. One thread.
final class TapeVenue {
  static final String PROVIDER = "venue";
  static final int PAGE = 1_000;

  private final ManualClock clock;
  private final TreeMap<Symbol, List<Tick>> tape = new TreeMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Set<Long> withoutHistory = new HashSet<>();
  private final Set<Long> unusable = new HashSet<>();
  private long keptFrom = 1;
  private final Set<Symbol> unknown = new HashSet<>();
  private boolean historyAway;
  int pages;

  /// For which symbols another connection was wanted.
  final List<Symbol> renewed = new ArrayList<>();

  /// What is on its way to one process.
  private static final class Connection {
    private final Deque<Consumer<FeedListener>> queue = new ArrayDeque<>();
    private Set<Symbol> subscribed = new TreeSet<>();
  }

  TapeVenue(ManualClock clock) {
    this.clock = clock;
  }

  /// The next trades happen, and no one hears of them yet.
  List<Tick> trade(Symbol symbol, int count) {
    List<Tick> all = tape.computeIfAbsent(symbol, _ -> new ArrayList<>());
    List<Tick> next = new ArrayList<>();
    long now = Micros.of(clock.instant());
    for (int i = 0; i < count; i++) {
      long id = all.size() + 1L;
      Tick trade =
          new Tick(
              PROVIDER,
              MarketEvent.LIVE,
              symbol,
              now - 1_000 + i % 1_000,
              id,
              100 + id % 7,
              1 + id % 3,
              Tick.ABSENT,
              Tick.ABSENT,
              now);
      all.add(trade);
      next.add(trade);
    }
    return next;
  }

  /// The stream brings these.
  void stream(List<Tick> trades) {
    for (Connection each : connections) {
      for (Tick trade : trades) {
        if (each.subscribed.contains(trade.symbol())) {
          each.queue.add(into -> {
            if (unusable.contains(trade.seq())) {
              into.unusable(refused(trade));
            } else {
              into.trade(trade);
            }
          });
        }
      }
    }
  }

  void tell(FeedNotice notice) {
    connections.forEach(each -> each.queue.add(into -> into.notice(notice)));
  }

  void disconnect() {
    tell(
        new FeedNotice.Disconnected(
            Micros.of(clock.instant()), FeedNotice.Cause.CLOSED, "the venue closed it"));
  }

  /// What was on its way is lost.
  void lose() {
    connections.forEach(each -> each.queue.clear());
  }

  List<Tick> tape(Symbol symbol) {
    return tape.getOrDefault(symbol, List.of());
  }

  /// The history never has these ids.
  void neverHad(long... ids) {
    for (long id : ids) {
      withoutHistory.add(id);
    }
  }

  void keepsFrom(long id) {
    keptFrom = id;
  }

  /// These trades are no trades of ours.
  void refuses(long id) {
    unusable.add(id);
  }

  /// Its history does not have this symbol.
  void doesNotKnow(Symbol symbol) {
    unknown.add(symbol);
  }

  void historyIsAway(boolean away) {
    historyAway = away;
  }

  private static UnusableTrade refused(Tick trade) {
    return new UnusableTrade(
        trade.symbol().value(),
        OptionalLong.of(trade.seq()),
        "{}".getBytes(StandardCharsets.UTF_8),
        "bad_price");
  }

  /// A connection of one process.
  LiveFeed feed() {
    Connection mine = new Connection();
    connections.add(mine);
    return new LiveFeed() {
      @Override
      public String provider() {
        return PROVIDER;
      }

      @Override
      public TradeIds ids() {
        return TradeIds.CONTIGUOUS;
      }

      @Override
      public void subscribe(Set<Symbol> symbols) {
        mine.subscribed = Set.copyOf(symbols);
      }

      @Override
      public int poll(int max, Duration wait, FeedListener into) {
        int given = 0;
        while (given < max && !mine.queue.isEmpty()) {
          mine.queue.remove().accept(into);
          given++;
        }
        return given;
      }

      @Override
      public void renew(Symbol symbol) {
        renewed.add(symbol);
      }

      @Override
      public void close() {
        connections.remove(mine);
      }
    };
  }

  /// The processes are gone.
  void dropConnections() {
    connections.clear();
  }

  HistoryFeed history() {
    return new HistoryFeed() {
      @Override
      public HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
        return TapeVenue.this.page(symbol, below, above);
      }

      @Override
      public Optional<TradeMark> newest(Symbol symbol) {
        if (historyAway) {
          throw new UnavailableException("the venue's history is away");
        }
        if (unknown.contains(symbol)) {
          throw new ConfigException("the venue says: NotFound");
        }
        List<Tick> all = tape(symbol);
        return all.isEmpty()
            ? Optional.empty()
            : Optional.of(new TradeMark(all.getLast().seq(), all.getLast().srcMicros()));
      }

      @Override
      public void close() {}
    };
  }

  /// Ascending from the lower neighbour, as a venue does that is asked from an id.
  private HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
    pages++;
    if (historyAway) {
      throw new UnavailableException("the venue's history is away");
    }
    List<Tick> trades = new ArrayList<>();
    List<UnusableTrade> refused = new ArrayList<>();
    long from = Math.max(below.id(), keptFrom);
    long to = Math.min(above.id(), from + PAGE - 1);
    for (Tick trade : tape(symbol)) {
      boolean isAsked =
          trade.seq() > below.id() && trade.seq() < above.id() && trade.seq() >= keptFrom;
      if (isAsked && trade.seq() <= to && !withoutHistory.contains(trade.seq())) {
        if (unusable.contains(trade.seq())) {
          refused.add(refused(trade));
        } else {
          trades.add(trade);
        }
      }
    }
    return new HistoryPage(
        trades,
        from <= to ? Optional.of(new IdRange(from, to)) : Optional.empty(),
        refused,
        keptFrom > below.id() ? keptFrom : 0);
  }
}

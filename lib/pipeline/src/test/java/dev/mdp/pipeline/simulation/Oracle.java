package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.InMemoryBars.BarKey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one shard's log means, by the definitions and nothing else: one pass over its entries in
/// their order, sorted events, decimal sums. It shares no code with the windows that it judges and
/// knows no batches, restarts or clocks.
final class Oracle {
  /// The smaller payload is kept; an absent number is larger than every other.
  static final Comparator<Tick> PAYLOADS =
      Comparator.comparingDouble(Tick::price)
          .thenComparingDouble(Tick::size)
          .thenComparingDouble(Tick::bid)
          .thenComparingDouble(Tick::ask);

  /// More digits than any quotient of the feed's sums needs to be rounded to the right double.
  private static final MathContext EXACT = new MathContext(200);

  private final List<Delivery> log;
  private final Map<BarKey, Refilled> refilled = new HashMap<>();
  private final WindowSettings settings;
  private final Map<Feed.Lane, LaneFacts> lanes =
      new TreeMap<>(Comparator.comparing(Feed.Lane::provider).thenComparing(Feed.Lane::name));
  private final Map<BarKey, Bar> external = new HashMap<>();
  private final Set<String> letters = new TreeSet<>();
  private final Map<String, Long> ledger = new TreeMap<>();
  private long newestAppend = Long.MIN_VALUE;
  private boolean capReached;

  private Oracle(List<Delivery> log, WindowSettings settings) {
    this.log = log;
    this.settings = settings;
  }

  static Oracle of(List<Delivery> log, WindowSettings settings) {
    Oracle oracle = new Oracle(log, settings);
    for (Delivery delivery : log) {
      if (!oracle.capReached) {
        oracle.judge(delivery);
      }
    }
    return oracle;
  }

  /// Whether the open windows alone hold more events at some entry than the cap allows.
  boolean capReached() {
    return capReached;
  }

  /// Every bar that the table should hold.
  Map<BarKey, Bar> bars() {
    Map<BarKey, Bar> bars = new HashMap<>(external);
    lanes.forEach((lane, facts) ->
        facts.windows.forEach((window, ticks) -> {
          Bar bar = bar(lane, window, ticks.values());
          bars.put(
              new BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros()), bar);
        }));
    return bars;
  }

  /// Micro-batch's dead letters, as `position reason [intervals]`; those of the codec are not among
  /// them.
  Set<String> letters() {
    return letters;
  }

  /// How many entries have which outcome, by `provider outcome`; what is in a window is `built`.
  Map<String, Long> ledger() {
    return ledger;
  }

  private void judge(Delivery delivery) {
    switch (delivery) {
      case Delivery.Malformed malformed -> count(malformed.provider(), "dead-lettered");
      case Delivery.Decoded decoded -> {
        MarketEvent event = decoded.event();
        if (event instanceof Tick tick
            && tick.srcMicros() > decoded.appendMicros() + settings.maxFutureMicros()) {
          letters.add(delivery.position() + " future []");
          count(tick.provider(), "dead-lettered");
          return;
        }
        newestAppend = Math.max(newestAppend, decoded.appendMicros());
        if (event instanceof Tick && !makeRoom()) {
          capReached = true;
          return;
        }
        if (Lanes.isFill(event.lane())) {
          count(event.provider(), fill(delivery, event));
          return;
        }
        LaneFacts lane =
            lanes.computeIfAbsent(
                new Feed.Lane(event.provider(), event.lane()), _ -> new LaneFacts(settings));
        lane.touch(newestAppend);
        count(event.provider(), outcome(decoded, event, lane));
      }
    }
  }

  /// What fills a hole goes into the live lane's windows that are not sealed, and moves nothing.
  private String fill(Delivery delivery, MarketEvent event) {
    if (!(event instanceof Tick tick)) {
      return "filtered";
    }
    LaneFacts live = lanes.get(new Feed.Lane(tick.provider(), MarketEvent.LIVE));
    if (live == null) {
      LaneFacts begun = new LaneFacts(settings);
      lanes.put(new Feed.Lane(tick.provider(), MarketEvent.LIVE), begun);
      begun.touch(newestAppend);
      begun.take(tick);
      begun.advance(tick.srcMicros());
      missed(delivery, tick, settings.intervals());
      return "built";
    }
    live.sealIfSilent(newestAppend);
    List<Interval> sealed =
        settings.intervals().stream()
            .filter(interval -> live.isSealed(interval, tick.srcMicros()))
            .toList();
    if (sealed.size() < settings.intervals().size()) {
      if (live.known(tick) != null) {
        return "duplicate";
      }
      live.take(tick);
    }
    missed(delivery, tick, sealed);
    return sealed.contains(settings.intervals().getFirst()) ? "late-filled" : "built";
  }

  private void missed(Delivery delivery, Tick tick, List<Interval> sealed) {
    for (Interval interval : sealed) {
      long start = interval.start(tick.srcMicros());
      refilled
          .computeIfAbsent(
              new BarKey(tick.provider(), tick.symbol(), interval, start),
              key -> new Refilled(key, log))
          .missed(delivery.position());
    }
  }

  /// The windows that were computed again.
  Map<BarKey, Refilled> refilled() {
    return refilled;
  }

  private String outcome(Delivery.Decoded delivery, MarketEvent event, LaneFacts lane) {
    return switch (event) {
      case LaneEnd _ -> {
        lane.sealAll();
        yield "filtered";
      }
      case BarEvent bar -> {
        Bar it = bar.bar();
        if (settings.intervals().contains(it.interval())) {
          letters.add(delivery.position() + " interval_conflict [" + it.interval() + "]");
          yield "dead-lettered";
        }
        external.put(new BarKey(it.provider(), it.symbol(), it.interval(), it.startMicros()), it);
        yield "built";
      }
      case Tick tick -> {
        String outcome = outcome(delivery, tick, lane);
        lane.advance(tick.srcMicros());
        yield outcome;
      }
    };
  }

  private String outcome(Delivery.Decoded delivery, Tick tick, LaneFacts lane) {
    List<Interval> sealed =
        settings.intervals().stream()
            .filter(interval -> lane.isSealed(interval, tick.srcMicros()))
            .toList();
    if (sealed.size() == settings.intervals().size()) {
      letters.add(delivery.position() + " sealed " + sealed);
      return "sealed-late";
    }
    Tick known = lane.known(tick);
    int order = known == null ? 1 : PAYLOADS.compare(known, tick);
    if (order == 0) {
      return "duplicate";
    }
    if (order > 0) {
      lane.take(tick);
      if (!sealed.isEmpty()) {
        letters.add(delivery.position() + " sealed " + sealed);
      }
    }
    if (known != null) {
      return "conflict";
    }
    return sealed.contains(settings.intervals().getFirst()) ? "sealed-late" : "built";
  }

  /// Seals the oldest windows early while the memory is full; returns whether that helped.
  private boolean makeRoom() {
    if (settings.maxRetainedEvents() >= Plan.NO_CAP || retained() < settings.maxRetainedEvents()) {
      return true;
    }
    lanes.values().forEach(lane -> lane.sealIfSilent(newestAppend));
    while (retained() >= settings.maxRetainedEvents()) {
      LaneFacts oldest =
          lanes.values().stream()
              .min(Comparator.comparingLong(LaneFacts::oldestSealable))
              .orElseThrow();
      long slice = oldest.oldestSealable();
      if (slice == Long.MAX_VALUE) {
        return false;
      }
      oldest.sealEarly(slice);
    }
    return true;
  }

  private long retained() {
    return lanes.values().stream().mapToLong(LaneFacts::retained).sum();
  }

  private void count(String provider, String outcome) {
    ledger.merge(provider + " " + outcome, 1L, Long::sum);
  }

  static Bar bar(Feed.Lane lane, LaneFacts.WindowKey window, Collection<Tick> sorted) {
    List<Tick> ticks = new ArrayList<>(sorted);
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    for (Tick tick : ticks) {
      if (!Double.isNaN(tick.size())) {
        BigDecimal size = new BigDecimal(Double.toString(tick.size()));
        volume = volume.add(size);
        notional = notional.add(size.multiply(new BigDecimal(Double.toString(tick.price()))));
      }
    }
    return new Bar(
        lane.provider(),
        lane.name(),
        Symbol.of(window.symbol()),
        window.interval(),
        window.start(),
        ticks.getFirst().price(),
        ticks.stream().mapToDouble(Tick::price).max().orElseThrow(),
        ticks.stream().mapToDouble(Tick::price).min().orElseThrow(),
        ticks.getLast().price(),
        volume.doubleValue(),
        volume.signum() == 0 ? Double.NaN : notional.divide(volume, EXACT).doubleValue(),
        ticks.size());
  }
}

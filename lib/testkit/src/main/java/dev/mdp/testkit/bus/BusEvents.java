package dev.mdp.testkit.bus;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Events and readings for tests of a bus.
public final class BusEvents {
  private static final long START_MICROS = 1_761_314_521_000_000L;
  private static final Duration WAIT = Duration.ofSeconds(10);

  private BusEvents() {}

  /// The tick number `n` of a symbol: everything in it follows from the number.
  public static Tick tick(String symbol, int n) {
    long at = START_MICROS + n * 1_000L;
    return new Tick(
        "contract",
        "",
        Symbol.of(symbol),
        at,
        n,
        100 + n / 100.0,
        n % 7,
        Tick.ABSENT,
        Tick.ABSENT,
        at + 5);
  }

  /// Ticks `from` (inclusive) to `to` (exclusive) of a symbol.
  public static List<Tick> ticks(String symbol, int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> tick(symbol, n)).toList();
  }

  /// Polls until this many deliveries came, or nothing came for ten seconds.
  public static List<Delivery> read(ShardSubscription subscription, int count) {
    List<Delivery> all = new ArrayList<>();
    while (all.size() < count) {
      List<Delivery> some = subscription.poll(count - all.size(), WAIT);
      if (some.isEmpty()) {
        break;
      }
      all.addAll(some);
    }
    return all;
  }

  /// Polls until this many deliveries came, or nothing came for ten seconds.
  public static List<Delivery> read(CompetingSubscription subscription, int count) {
    List<Delivery> all = new ArrayList<>();
    while (all.size() < count) {
      List<Delivery> some = subscription.poll(count - all.size(), WAIT);
      if (some.isEmpty()) {
        break;
      }
      all.addAll(some);
    }
    return all;
  }

  /// The events of deliveries; throws [AssertionError] for a malformed one.
  public static List<MarketEvent> events(List<Delivery> deliveries) {
    List<MarketEvent> events = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      switch (delivery) {
        case Delivery.Decoded decoded -> events.add(decoded.event());
        case Delivery.Malformed malformed ->
            throw new AssertionError(
                "malformed: " + malformed.reason() + ", " + malformed.detail());
      }
    }
    return events;
  }
}

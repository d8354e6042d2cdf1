package dev.mdp.config;

import dev.mdp.config.read.Entry;
import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The ticks of one case of a [RulesTest], as they are read. A bar is four ticks of its window: the
/// open at its start, the high, the low, and the close at its last microsecond, each with a quarter
/// of the volume.
final class RulesTestInput {
  static final String PROVIDER = "test";

  private static final int TICKS_PER_BAR = 4;
  private static final Symbol NOBODY = new Symbol("X");

  private final Interval every;
  private final List<Tick> ticks = new ArrayList<>();
  private final Map<List<Object>, Integer> lines = new HashMap<>();

  RulesTestInput(Interval every) {
    this.every = every;
  }

  List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  void tick(Section section) {
    Scalars values = section.scalars();
    Optional<Long> ts = time(section, "ts");
    Symbol symbol = values.required("symbol", NOBODY, Symbol::of, "SPY");
    double price = number(section, "price", true, Double.NaN);
    double size = amount(section, "size");
    long seq = values.whole("seq", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    if (ts.isPresent() && isNew(section, symbol, ts.get(), seq)) {
      add(symbol, ts.get(), seq, price, size);
    }
  }

  void bar(Section section) {
    Scalars values = section.scalars();
    Optional<Long> ts = time(section, "ts");
    ts.filter(micros -> every.start(micros) != micros)
        .ifPresent(micros -> section.problem("ts", noBound(every, micros)));
    Symbol symbol = values.required("symbol", NOBODY, Symbol::of, "SPY");
    Interval interval = section.times().window("interval", every);
    if (!interval.equals(every)) {
      section.problem(
          "interval",
          "a bar is one evaluation window of %s, was %s: see every".formatted(every, interval));
    }
    double close = number(section, "c", true, Double.NaN);
    double open = number(section, "o", false, close);
    double high = number(section, "h", false, Math.max(open, close));
    double low = number(section, "l", false, Math.min(open, close));
    if (high < Math.max(open, close) || low > Math.min(open, close)) {
      section.problem(
          "c",
          "o and c must be between l and h, were %s %s %s %s".formatted(open, high, low, close));
    }
    double size = amount(section, "v") / TICKS_PER_BAR;
    if (ts.isPresent() && isNew(section, symbol, ts.get(), 0)) {
      add(symbol, ts.get(), 0, open, size);
      add(symbol, ts.get() + every.micros() / TICKS_PER_BAR, 0, high, size);
      add(symbol, ts.get() + every.micros() / 2, 0, low, size);
      add(symbol, ts.get() + every.micros() - 1, 0, close, size);
    }
  }

  /// A time, in quotes or not; empty after a problem.
  static Optional<Long> time(Section section, String key) {
    Optional<Entry.Scalar> scalar = section.scalars().verbatim(key);
    if (!section.isGiven(key)) {
      section.problem(key, "is missing, e.g. " + key + ": 2025-10-24T14:00:00Z");
    }
    try {
      Optional<Long> micros = scalar.map(Entry.Scalar::text).map(Micros::parse);
      if (micros.isPresent() && !Micros.inRange(micros.get())) {
        throw new IllegalArgumentException("is not between 1900 and 2200");
      }
      return micros;
    } catch (IllegalArgumentException e) {
      section.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  static String noBound(Interval every, long micros) {
    return "is not a bound of an evaluation window of %s: the nearest are %s and %s"
        .formatted(every, Micros.instant(every.start(micros)), Micros.instant(every.end(micros)));
  }

  private boolean isNew(Section section, Symbol symbol, long micros, long seq) {
    Integer first = lines.putIfAbsent(List.of(symbol, micros, seq), section.line());
    if (first != null) {
      section.problem(
          "ts", "line " + first + " has the same symbol and time: give one of them another seq");
    }
    return first == null;
  }

  private void add(Symbol symbol, long micros, long seq, double price, double size) {
    ticks.add(
        new Tick(
            PROVIDER,
            MarketEvent.LIVE,
            symbol,
            micros,
            seq,
            price,
            size,
            Tick.ABSENT,
            Tick.ABSENT,
            micros));
  }

  private static double amount(Section section, String key) {
    double amount = number(section, key, false, Tick.ABSENT);
    if (amount < 0) {
      section.problem(key, "must not be negative");
    }
    return amount;
  }

  private static double number(Section section, String key, boolean required, double fallback) {
    OptionalDouble number = section.scalars().optionalDecimal(key);
    if (required && !section.isGiven(key)) {
      section.problem(key, "is missing, e.g. " + key + ": 425.15");
    }
    if (number.isPresent() && !Tick.isUsable(number.getAsDouble())) {
      section.problem(key, "must be " + Tick.USABLE);
    }
    return number.orElse(fallback);
  }
}

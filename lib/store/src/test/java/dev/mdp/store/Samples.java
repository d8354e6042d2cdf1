package dev.mdp.store;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;

/// Rows for tests.
public final class Samples {
  public static final long T0 = 1_760_000_000_000_000L;
  public static final Interval TWO_SECONDS = Interval.parse("2s");

  private Samples() {}

  public static Bar bar(String symbol, int index, double close, long tradeCount) {
    return bar("", symbol, index, close, tradeCount);
  }

  public static Bar bar(String lane, String symbol, int index, double close, long tradeCount) {
    long start = TWO_SECONDS.start(T0) + index * TWO_SECONDS.micros();
    return new Bar(
        "prov",
        lane,
        new Symbol(symbol),
        TWO_SECONDS,
        start,
        100,
        Math.max(101, close),
        Math.min(99, close),
        close,
        7,
        tradeCount == Bar.EXTERNAL ? Double.NaN : 100.123456789012345,
        tradeCount);
  }

  public static Tick tick(String symbol, long offsetMicros, long seq, double price, double size) {
    return tick("prov", symbol, offsetMicros, seq, price, size);
  }

  public static Tick tick(
      String provider, String symbol, long offsetMicros, long seq, double price, double size) {
    return new Tick(
        provider,
        "",
        new Symbol(symbol),
        T0 + offsetMicros,
        seq,
        price,
        size,
        Tick.ABSENT,
        Tick.ABSENT,
        T0 + offsetMicros);
  }
}

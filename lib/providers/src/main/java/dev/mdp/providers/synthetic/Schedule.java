package dev.mdp.providers.synthetic;

import java.math.BigDecimal;
import java.math.BigInteger;

/// A fixed-rate schedule over `n` symbols, staggered evenly within the period: tick `g` of all is
/// due at `start + floor(g × 10⁶ / (n × rate))` µs and belongs to symbol `g mod n`, so tick `k` of
/// a symbol is due `k / rate` after its first. Exact integer arithmetic: no drift however long it
/// runs. One thread.
final class Schedule {
  private static final int DECIMALS = 6;
  private static final long MICROS_TIMES_SCALE = 1_000_000_000_000L;

  private final int symbols;
  private final long divisor;
  private final long wholeStep;
  private final long restStep;

  private long dueMicros;
  private long rest;
  private int slot;

  Schedule(long startMicros, int symbols, double ratePerSymbol) {
    this.symbols = symbols;
    this.divisor =
        BigDecimal.valueOf(ratePerSymbol).movePointRight(DECIMALS).longValueExact() * symbols;
    this.wholeStep = MICROS_TIMES_SCALE / divisor;
    this.restStep = MICROS_TIMES_SCALE % divisor;
    this.dueMicros = startMicros;
  }

  static boolean isExact(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().scale() <= DECIMALS;
  }

  /// When the next tick is due, in microseconds since the epoch.
  long dueMicros() {
    return dueMicros;
  }

  /// Which symbol the next tick belongs to.
  int slot() {
    return slot;
  }

  void advance() {
    slot = slot + 1 == symbols ? 0 : slot + 1;
    dueMicros += wholeStep;
    rest += restStep;
    if (rest >= divisor) {
      rest -= divisor;
      dueMicros++;
    }
  }

  /// How many ticks are due before this time.
  long countBefore(long micros) {
    if (dueMicros >= micros) {
      return 0;
    }
    // the smallest g with floor((rest + g × scale) / divisor) >= micros - due
    BigInteger needed =
        BigInteger.valueOf(micros - dueMicros)
            .multiply(BigInteger.valueOf(divisor))
            .subtract(BigInteger.valueOf(rest));
    BigInteger[] steps = needed.divideAndRemainder(BigInteger.valueOf(MICROS_TIMES_SCALE));
    return steps[0].longValueExact() + (steps[1].signum() > 0 ? 1 : 0);
  }

  /// Goes past `count` ticks at once.
  void skip(long count) {
    BigInteger[] moved =
        BigInteger.valueOf(count)
            .multiply(BigInteger.valueOf(MICROS_TIMES_SCALE))
            .add(BigInteger.valueOf(rest))
            .divideAndRemainder(BigInteger.valueOf(divisor));
    dueMicros = Math.addExact(dueMicros, moved[0].longValueExact());
    rest = moved[1].longValueExact();
    slot = (int) ((slot + count) % symbols);
  }
}

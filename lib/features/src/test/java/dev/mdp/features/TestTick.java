package dev.mdp.features;

import java.math.BigDecimal;
import java.util.Comparator;

record TestTick(long micros, long seq, double price, double size) {
  static final Comparator<TestTick> ORDER =
      Comparator.comparingLong(TestTick::micros).thenComparingLong(TestTick::seq);

  BigDecimal volume() {
    return new BigDecimal(Double.toString(size));
  }

  BigDecimal notional() {
    return new BigDecimal(Double.toString(price)).multiply(volume());
  }
}

package dev.mdp.testkit.venue;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Prices and sizes as whole numbers of 1e-8, which is as fine as any of the venues is, and their
/// texts. Not negative.
final class Amount {
  static final int DECIMALS = 8;
  private static final long ONE = 100_000_000L;

  private Amount() {}

  /// Throws [ArithmeticException] for what has more than eight decimals or is too large.
  static long of(String text) {
    return new BigDecimal(text)
        .setScale(DECIMALS, RoundingMode.UNNECESSARY)
        .unscaledValue()
        .longValueExact();
  }

  /// The double that the text of the amount is parsed to.
  static double value(long amount) {
    return BigDecimal.valueOf(amount, DECIMALS).doubleValue();
  }

  /// The exact amount with at least this many decimals, of the eight.
  static void append(StringBuilder out, long amount, int least) {
    out.append(amount / ONE);
    String digits = Long.toString(ONE + amount % ONE);
    int end = digits.length();
    while (end - 1 > least && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (end > 1) {
      out.append('.').append(digits, 1, end);
    }
  }

  static String text(long amount, int least) {
    StringBuilder out = new StringBuilder(24);
    append(out, amount, least);
    return out.toString();
  }
}

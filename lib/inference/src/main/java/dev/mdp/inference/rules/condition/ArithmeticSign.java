package dev.mdp.inference.rules.condition;

import java.util.Arrays;
import java.util.Optional;

/// The signs of arithmetic. NaN stands for *undefined*: what has an undefined side, overflows or
/// divides by zero is undefined.
public enum ArithmeticSign {
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  OVER("/"),
  /// The remainder of a division towards zero: it has the sign of the left side, `-5 % 3` is -2.
  REMAINDER("%");

  private final String sign;

  ArithmeticSign(String sign) {
    this.sign = sign;
  }

  public String sign() {
    return sign;
  }

  /// @param sums whether it must be one of sums (`+ -`), or else one of products (`* / %`)
  static Optional<ArithmeticSign> of(Token token, boolean sums) {
    return Arrays.stream(values())
        .filter(each -> each.isOfSums() == sums && token.is(each.sign))
        .findFirst();
  }

  private boolean isOfSums() {
    return this == PLUS || this == MINUS;
  }

  /// A finite number, or NaN.
  public double apply(double left, double right) {
    double result =
        switch (this) {
          case PLUS -> left + right;
          case MINUS -> left - right;
          case TIMES -> left * right;
          case OVER -> left / right;
          case REMAINDER -> left % right;
        };
    return Double.isFinite(result) ? result : Double.NaN;
  }
}

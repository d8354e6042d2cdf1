package dev.mdp.inference.rules.condition;

import java.util.Arrays;
import java.util.Optional;

/// The signs of comparisons.
public enum ComparisonSign {
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  EQUAL("=="),
  DIFFERENT("!=");

  private final String sign;

  ComparisonSign(String sign) {
    this.sign = sign;
  }

  public String sign() {
    return sign;
  }

  /// Whether it asks which of two is greater, which booleans cannot answer.
  public boolean orders() {
    return this != EQUAL && this != DIFFERENT;
  }

  static Optional<ComparisonSign> of(Token token) {
    return Arrays.stream(values()).filter(each -> token.is(each.sign)).findFirst();
  }

  /// Of two numbers that are not NaN.
  public boolean holds(double left, double right) {
    return switch (this) {
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
      case EQUAL -> left == right;
      case DIFFERENT -> left != right;
    };
  }
}

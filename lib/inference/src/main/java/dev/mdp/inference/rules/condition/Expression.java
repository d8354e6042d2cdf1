package dev.mdp.inference.rules.condition;

import java.util.List;

/// A condition's tree. Every node knows where it is in the text.
public sealed interface Expression {
  /// Where it begins.
  int offset();

  record Literal(int offset, double value) implements Expression {}

  record Flag(int offset, boolean value) implements Expression {}

  /// A string; only there to be refused with a good message.
  record Text(int offset) implements Expression {}

  record Name(int offset, String name) implements Expression {}

  /// `-x`
  record Minus(int offset, Expression operand) implements Expression {}

  /// `!x`, `not x`
  record Not(int offset, String sign, Expression operand) implements Expression {}

  /// @param signOffset where the sign stands
  record Comparison(
      int offset, Expression left, ComparisonSign sign, int signOffset, Expression right)
      implements Expression {}

  /// `first op x op y …` of one precedence, from left to right.
  record Arithmetic(int offset, Expression first, List<Step> steps) implements Expression {
    public Arithmetic {
      steps = List.copyOf(steps);
    }
  }

  record Step(ArithmeticSign sign, Expression operand) {}

  /// `x && y && …` or `x || y || …`
  ///
  /// @param sign as first written, `&&` or `and`
  record Junction(int offset, boolean all, String sign, List<Expression> operands)
      implements Expression {
    public Junction {
      operands = List.copyOf(operands);
    }
  }

  record Call(int offset, String function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}

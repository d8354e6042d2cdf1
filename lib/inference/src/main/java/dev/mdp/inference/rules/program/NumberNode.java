package dev.mdp.inference.rules.program;

import dev.mdp.inference.rules.condition.ArithmeticSign;
import java.util.List;

/// A number of one evaluation: finite, or NaN for undefined. Equal nodes compute the same.
public sealed interface NumberNode {
  double of(Frame frame);

  record Constant(double value) implements NumberNode {
    @Override
    public double of(Frame frame) {
      return value;
    }
  }

  record Price() implements NumberNode {
    @Override
    public double of(Frame frame) {
      return frame.price();
    }
  }

  /// @param index its place among the evaluation's features
  record Feature(int index) implements NumberNode {
    @Override
    public double of(Frame frame) {
      return frame.feature(index);
    }
  }

  record Minus(NumberNode operand) implements NumberNode {
    @Override
    public double of(Frame frame) {
      return -operand.of(frame);
    }
  }

  record Abs(NumberNode operand) implements NumberNode {
    @Override
    public double of(Frame frame) {
      return Math.abs(operand.of(frame));
    }
  }

  record Binary(ArithmeticSign sign, NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double of(Frame frame) {
      return sign.apply(left.of(frame), right.of(frame));
    }
  }

  /// More than one operator of one precedence: a loop, so that a long sum is not a deep tree.
  record Sequence(NumberNode first, List<ArithmeticSign> signs, List<NumberNode> operands)
      implements NumberNode {
    public Sequence {
      signs = List.copyOf(signs);
      operands = List.copyOf(operands);
    }

    @Override
    public double of(Frame frame) {
      double value = first.of(frame);
      for (int i = 0; i < operands.size(); i++) {
        value = signs.get(i).apply(value, operands.get(i).of(frame));
      }
      return value;
    }
  }

  /// The smallest or the greatest of some; undefined when one of them is.
  record Extreme(boolean greatest, List<NumberNode> operands) implements NumberNode {
    public Extreme {
      operands = List.copyOf(operands);
    }

    @Override
    public double of(Frame frame) {
      double value = operands.getFirst().of(frame);
      for (int i = 1; i < operands.size(); i++) {
        double next = operands.get(i).of(frame);
        value = greatest ? Math.max(value, next) : Math.min(value, next);
      }
      return value;
    }
  }

  /// What a ring remembers of this many evaluations ago.
  record Past(int ring, int ago) implements NumberNode {
    @Override
    public double of(Frame frame) {
      return frame.past(ring, ago);
    }
  }
}

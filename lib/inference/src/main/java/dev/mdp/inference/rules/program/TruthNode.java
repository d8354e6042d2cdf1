package dev.mdp.inference.rules.program;

import dev.mdp.inference.rules.condition.ComparisonSign;
import java.util.List;

/// A [Truth] of one evaluation.
public sealed interface TruthNode {
  int of(Frame frame);

  record Constant(int truth) implements TruthNode {
    @Override
    public int of(Frame frame) {
      return truth;
    }
  }

  record Comparison(ComparisonSign sign, NumberNode left, NumberNode right) implements TruthNode {
    @Override
    public int of(Frame frame) {
      double a = left.of(frame);
      double b = right.of(frame);
      return Double.isNaN(a) || Double.isNaN(b) ? Truth.UNDEFINED : Truth.of(sign.holds(a, b));
    }
  }

  /// Whether two truths are the same, or differ; undefined when one of them is.
  record Same(boolean wanted, TruthNode left, TruthNode right) implements TruthNode {
    @Override
    public int of(Frame frame) {
      int a = left.of(frame);
      int b = right.of(frame);
      return a == Truth.UNDEFINED || b == Truth.UNDEFINED
          ? Truth.UNDEFINED
          : Truth.of((a == b) == wanted);
    }
  }

  record Not(TruthNode operand) implements TruthNode {
    @Override
    public int of(Frame frame) {
      return Truth.not(operand.of(frame));
    }
  }

  record All(List<TruthNode> operands) implements TruthNode {
    public All {
      operands = List.copyOf(operands);
    }

    @Override
    public int of(Frame frame) {
      int truth = Truth.TRUE;
      for (int i = 0; i < operands.size() && truth != Truth.FALSE; i++) {
        truth = Math.min(truth, operands.get(i).of(frame));
      }
      return truth;
    }
  }

  record Any(List<TruthNode> operands) implements TruthNode {
    public Any {
      operands = List.copyOf(operands);
    }

    @Override
    public int of(Frame frame) {
      int truth = Truth.FALSE;
      for (int i = 0; i < operands.size() && truth != Truth.TRUE; i++) {
        truth = Math.max(truth, operands.get(i).of(frame));
      }
      return truth;
    }
  }
}

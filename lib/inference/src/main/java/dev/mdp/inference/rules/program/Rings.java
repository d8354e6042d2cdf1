package dev.mdp.inference.rules.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives out rings while conditions are compiled: one for each expression that a rule looks back
/// on, however often it does. Rules do not share rings, so that what a rule remembers is its own.
public final class Rings {
  /// How many values all rules together may remember of one symbol.
  public static final int MAX_VALUES = 100_000;

  private final List<Integer> depths = new ArrayList<>();
  private final Map<NumberNode, Integer> ofRule = new LinkedHashMap<>();

  /// The rings of one rule.
  ///
  /// @param first the number of its first one
  /// @param inputs what goes into each; an expression may look back on those before its own
  public record Slice(int first, List<NumberNode> inputs) {
    public Slice {
      inputs = List.copyOf(inputs);
    }

    /// Remembers this evaluation. From the last ring to the first, because what a ring takes in may
    /// look back on earlier ones as they were before this evaluation.
    public void remember(Frame frame) {
      for (int i = inputs.size() - 1; i >= 0; i--) {
        frame.push(first + i, inputs.get(i).of(frame));
      }
    }
  }

  /// What the expression was this many evaluations ago.
  NumberNode past(NumberNode input, int ago) {
    if (input instanceof NumberNode.Constant) {
      return input;
    }
    Integer known = ofRule.get(input);
    int ring = known == null ? depths.size() : known;
    if (known == null) {
      ofRule.put(input, ring);
      depths.add(ago);
    } else {
      depths.set(ring, Math.max(depths.get(ring), ago));
    }
    return new NumberNode.Past(ring, ago);
  }

  /// Ends a rule.
  public Slice take() {
    Slice slice = new Slice(depths.size() - ofRule.size(), List.copyOf(ofRule.keySet()));
    ofRule.clear();
    return slice;
  }

  public int[] depths() {
    return depths.stream().mapToInt(Integer::intValue).toArray();
  }

  public long values() {
    return depths.stream().mapToLong(Integer::longValue).sum();
  }
}

package dev.mdp.inference.rules;

import dev.mdp.inference.rules.program.Frame;
import dev.mdp.inference.rules.program.Rings;
import dev.mdp.inference.rules.program.Truth;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what [StateWriter] writes. Throws `IllegalArgumentException` for anything else.
final class StateReader {
  private final List<Rule> rules;
  private final Frame frame;
  private final ByteBuffer in;

  StateReader(List<Rule> rules, Frame frame, byte[] saved) {
    this.rules = rules;
    this.frame = frame;
    this.in = ByteBuffer.wrap(saved);
  }

  /// What one rule of ours remembered.
  ///
  /// @param values of each ring, from the oldest to the newest
  record Memory(int rule, byte truth, long firing, List<double[]> values) {
    void pushInto(Rings.Slice rings, Frame frame) {
      for (int i = 0; i < values.size(); i++) {
        for (double value : values.get(i)) {
          frame.push(rings.first() + i, value);
        }
      }
    }
  }

  List<Memory> memories() {
    Map<Long, Integer> indices = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      indices.put(rules.get(i).key(), i);
    }
    List<Memory> memories = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    try {
      if (in.get() != StateWriter.VERSION) {
        throw malformed("its version is " + in.get(0) + ", not " + StateWriter.VERSION);
      }
      while (in.hasRemaining()) {
        long key = in.getLong();
        if (!seen.add(key)) {
          throw malformed("a rule is in it twice");
        }
        Memory memory = memory(indices.getOrDefault(key, -1));
        if (memory.rule >= 0) {
          memories.add(checked(memory));
        }
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a saved rule state: it is cut off", e);
    }
    return memories;
  }

  private Memory memory(int rule) {
    int flags = in.get();
    int truth = flags & (StateWriter.FIRED - 1);
    if (truth > Truth.TRUE || flags < 0 || flags >= 2 * StateWriter.FIRED) {
      throw malformed("no truth is " + flags);
    }
    long firing = (flags & StateWriter.FIRED) == 0 ? RuleState.NEVER : in.getLong();
    int rings = Short.toUnsignedInt(in.getShort());
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < rings; i++) {
      values.add(ring());
    }
    return new Memory(rule, (byte) truth, firing, values);
  }

  private double[] ring() {
    int length = Short.toUnsignedInt(in.getShort());
    if (in.remaining() < length * Double.BYTES) {
      throw malformed("it is cut off");
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.getDouble();
      if (Double.isInfinite(values[i])) {
        throw malformed("it holds an infinite value");
      }
    }
    return values;
  }

  private Memory checked(Memory memory) {
    Rings.Slice rings = rules.get(memory.rule).rings();
    boolean fits = memory.values.size() == rings.inputs().size();
    for (int i = 0; fits && i < memory.values.size(); i++) {
      fits = memory.values.get(i).length <= frame.depth(rings.first() + i);
    }
    if (!fits) {
      throw malformed(
          "it does not hold what the rule "
              + rules.get(memory.rule).spec().name()
              + " looks back on");
    }
    return memory;
  }

  private static IllegalArgumentException malformed(String why) {
    return new IllegalArgumentException("not a saved rule state: " + why);
  }
}

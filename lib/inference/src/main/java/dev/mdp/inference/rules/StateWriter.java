package dev.mdp.inference.rules;

import dev.mdp.inference.rules.program.Frame;
import dev.mdp.inference.rules.program.Rings;
import dev.mdp.inference.rules.program.Truth;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Writes a rule state: a version byte, then for each rule that remembers something
///
/// | bytes | what |
/// |---|---|
/// | 8 | the rule's key |
/// | 1 | its last defined truth, plus [#FIRED] when it ever fired |
/// | 8 | its last firing, in microseconds, when it ever fired |
/// | 2 | how many rings |
/// | per ring 2 + 8 each | how many values, and the values from the oldest to the newest |
///
/// all big-endian. Undefined values older than every defined one are left out.
record StateWriter(List<Rule> rules, RuleState state, Frame frame) {
  static final byte VERSION = 1;
  static final int FIRED = 4;

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      for (int i = 0; i < rules.size(); i++) {
        if (remembers(i)) {
          write(i, out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes every byte", e);
    }
    return bytes.toByteArray();
  }

  private boolean remembers(int index) {
    Rings.Slice rings = rules.get(index).rings();
    boolean remembers =
        state.truth(index) != Truth.UNDEFINED || state.firing(index) != RuleState.NEVER;
    for (int i = 0; i < rings.inputs().size() && !remembers; i++) {
      remembers = length(rings.first() + i) > 0;
    }
    return remembers;
  }

  private void write(int index, DataOutputStream out) throws IOException {
    Rule rule = rules.get(index);
    boolean fired = state.firing(index) != RuleState.NEVER;
    out.writeLong(rule.key());
    out.writeByte(state.truth(index) + (fired ? FIRED : 0));
    if (fired) {
      out.writeLong(state.firing(index));
    }
    out.writeShort(rule.rings().inputs().size());
    for (int i = 0; i < rule.rings().inputs().size(); i++) {
      int ring = rule.rings().first() + i;
      int length = length(ring);
      out.writeShort(length);
      for (int ago = length; ago >= 1; ago--) {
        out.writeDouble(frame.past(ring, ago));
      }
    }
  }

  private int length(int ring) {
    int length = frame.depth(ring);
    while (length > 0 && Double.isNaN(frame.past(ring, length))) {
      length--;
    }
    return length;
  }
}

package dev.mdp.inference.rules;

import dev.mdp.core.feature.Evaluation;
import dev.mdp.inference.rules.program.Frame;
import dev.mdp.inference.rules.program.Truth;
import java.util.Arrays;
import java.util.List;

/// What the rules remember of one symbol of one provider and lane: of each rule the last defined
/// truth, the last firing, and the values it looks back on. Single-threaded.
public final class RuleState {
  static final long NEVER = Long.MIN_VALUE;

  private final List<Rule> rules;
  private final Frame frame;
  private final byte[] truths;
  private final long[] firings;

  RuleState(List<Rule> rules, int[] depths) {
    this.rules = rules;
    this.frame = new Frame(depths);
    this.truths = new byte[rules.size()];
    this.firings = new long[rules.size()];
    forget();
  }

  /// All of it in few bytes. A rule that remembers nothing takes none.
  public byte[] save() {
    return new StateWriter(rules, this, frame).bytes();
  }

  /// Takes what was saved, maybe by other rules: a rule whose name, condition and features are the
  /// same continues, the others start again. Throws `IllegalArgumentException`, and changes
  /// nothing, when the bytes are not what [#save()] gives.
  public void restore(byte[] saved) {
    StateReader reader = new StateReader(rules, frame, saved);
    List<StateReader.Memory> memories = reader.memories();
    forget();
    for (StateReader.Memory memory : memories) {
      truths[memory.rule()] = memory.truth();
      firings[memory.rule()] = memory.firing();
      memory.pushInto(rules.get(memory.rule()).rings(), frame);
    }
  }

  boolean isOf(List<Rule> others) {
    return rules == others;
  }

  void show(Evaluation evaluation) {
    frame.show(evaluation.price(), evaluation.features());
  }

  /// Evaluates one rule's condition and remembers what it looks back on.
  int judge(int index) {
    Rule rule = rules.get(index);
    int truth = rule.condition().of(frame);
    rule.rings().remember(frame);
    return truth;
  }

  /// Remembers the truth of a rule that was judged, and says whether it fires.
  boolean fires(int index, int truth, long tsMicros) {
    Rule rule = rules.get(index);
    int before = truths[index];
    if (truth != Truth.UNDEFINED) {
      truths[index] = (byte) truth;
    }
    boolean fires =
        truth == Truth.TRUE
            && (!rule.spec().edge() || before == Truth.FALSE)
            && isRested(index, rule.cooldownMicros(), tsMicros);
    if (fires) {
      firings[index] = tsMicros;
    }
    return fires;
  }

  byte truth(int index) {
    return truths[index];
  }

  long firing(int index) {
    return firings[index];
  }

  private boolean isRested(int index, long cooldownMicros, long tsMicros) {
    return cooldownMicros == 0
        || firings[index] == NEVER
        || tsMicros - firings[index] >= cooldownMicros;
  }

  private void forget() {
    Arrays.fill(truths, (byte) Truth.UNDEFINED);
    Arrays.fill(firings, NEVER);
    frame.clear();
  }
}

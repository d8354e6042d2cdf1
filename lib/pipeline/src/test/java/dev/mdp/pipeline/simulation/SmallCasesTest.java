package dev.mdp.pipeline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nothing is left to chance: every sequence of up to five entries, each one of five ticks in two
/// windows (so every order, and every duplicate anywhere), with a crash at every port call of the
/// real worker, against the oracle.
class SmallCasesTest {
  private static final int LONGEST = 5;
  private static final long EXPECTED_SEQUENCES = 5 + 25 + 125 + 625 + 3_125;

  private long sequences;
  private long cases;

  @Test
  void everyOrderDuplicateAndCrashPositionOfFiveEventsInTwoWindows() {
    extend(new ArrayList<>());

    System.out.printf(
        "small cases: %,d sequences of up to %d entries, %,d cases with a crash at each port call, 0 violations%n",
        sequences, LONGEST, cases);
    assertThat(sequences).isEqualTo(EXPECTED_SEQUENCES);
    assertThat(cases).isGreaterThan(20 * sequences);
  }

  private void extend(List<Integer> sequence) {
    if (!sequence.isEmpty()) {
      sequences++;
      crashEverywhere(sequence);
    }
    if (sequence.size() < LONGEST) {
      for (int event = 0; event < SmallCase.EVENTS.size(); event++) {
        sequence.add(event);
        extend(sequence);
        sequence.removeLast();
      }
    }
  }

  /// Once without a crash, then with one at the first port call, the second, and so on.
  private void crashEverywhere(List<Integer> sequence) {
    SmallCase undisturbed = new SmallCase(sequence, SmallCase.NO_CRASH);
    undisturbed.check();
    cases++;
    for (int call = 1; call <= undisturbed.portCalls(); call++) {
      new SmallCase(sequence, call).check();
      cases++;
    }
  }
}

package dev.mdp.testkit.property;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes a counterexample smaller as long as that is easy: leaves choices out, sets them to zero,
/// halves them, and keeps every change after which the property still fails. It stops when a whole
/// round brought nothing, or after this many tries. One thread.
final class Shrinking {
  private final Case property;
  private int triesLeft;
  private Failure smallest;

  /// A case that fails.
  ///
  /// @param choices what it was made from
  /// @param shown what it said about itself
  record Failure(long[] choices, String shown, Throwable error) {}

  Shrinking(Case property, Failure first, int tries) {
    this.property = property;
    this.smallest = first;
    this.triesLeft = tries;
  }

  /// Runs a case; returns how it fails, or null when it holds.
  static @Nullable Failure run(Case property, Choices choices) {
    try {
      property.check(choices);
      return null;
    } catch (AssertionError | RuntimeException e) {
      return new Failure(choices.taken(), choices.shown(), e);
    }
  }

  Failure smallest() {
    Failure before;
    do {
      before = smallest;
      leaveOut();
      lower();
      lowerAndLeaveOut();
    } while (before != smallest && triesLeft > 0);
    return smallest;
  }

  private void leaveOut() {
    for (int size = Math.max(1, smallest.choices.length / 2); size > 0; size /= 2) {
      for (int at = smallest.choices.length - size; at >= 0; at -= size) {
        if (at + size <= smallest.choices.length) {
          tryOut(without(smallest.choices, at, size));
        }
      }
    }
  }

  private void lower() {
    for (int at = 0; at < smallest.choices.length; at++) {
      if (smallest.choices[at] != 0) {
        tryOut(with(at, 0));
      }
      while (isAbove(at, 1) && tryOut(with(at, smallest.choices[at] / 2))) {}
      if (isAbove(at, 0)) {
        tryOut(with(at, smallest.choices[at] - 1));
      }
    }
  }

  /// A choice that says how many others follow can only be lowered together with one of those.
  private void lowerAndLeaveOut() {
    for (int at = 0; at < smallest.choices.length; at++) {
      for (int later = at + 1; later < smallest.choices.length; later++) {
        if (isAbove(at, 0)) {
          tryOut(without(with(at, smallest.choices[at] - 1), later, 1));
        }
      }
    }
  }

  private boolean isAbove(int at, long value) {
    return at < smallest.choices.length && smallest.choices[at] > value;
  }

  private static long[] without(long[] choices, int at, int size) {
    long[] fewer = Arrays.copyOf(choices, choices.length - size);
    System.arraycopy(choices, at + size, fewer, at, choices.length - at - size);
    return fewer;
  }

  private long[] with(int at, long value) {
    long[] choices = smallest.choices.clone();
    choices[at] = value;
    return choices;
  }

  /// Takes the candidate when it fails, too, and is smaller.
  private boolean tryOut(long[] candidate) {
    if (triesLeft-- <= 0) {
      return false;
    }
    Failure failure = run(property, Choices.of(candidate));
    if (failure == null || !isSmaller(failure.choices, smallest.choices)) {
      return false;
    }
    smallest = failure;
    return true;
  }

  private static boolean isSmaller(long[] left, long[] right) {
    if (left.length != right.length) {
      return left.length < right.length;
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] != right[i]) {
        return Math.abs(left[i]) < Math.abs(right[i]);
      }
    }
    return false;
  }
}

package dev.mdp.inference.rules.program;

/// The three truths as numbers, ordered so that *and* is the smaller and *or* the greater of two.
public final class Truth {
  public static final int FALSE = 0;
  public static final int UNDEFINED = 1;
  public static final int TRUE = 2;

  private Truth() {}

  static int of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static int not(int truth) {
    return TRUE - truth;
  }
}

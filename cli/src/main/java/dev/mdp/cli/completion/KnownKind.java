package dev.mdp.cli.completion;

import java.util.Locale;

/// What kinds of names are remembered for completion, and how many of each at most.
public enum KnownKind {
  KEY(400),
  DATASET(200),
  PROVIDER(200),
  GROUP(100),
  TOPIC(100),
  RULE(200),
  RUN(50),
  SYMBOL(1_000),
  CALENDAR(100);

  private final int most;

  KnownKind(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

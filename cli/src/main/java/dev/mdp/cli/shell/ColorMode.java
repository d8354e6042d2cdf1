package dev.mdp.cli.shell;

/// When to colour: `auto` means on a terminal, unless NO_COLOR or TERM=dumb says otherwise.
public enum ColorMode {
  AUTO,
  ALWAYS,
  NEVER;

  boolean on(Host host, boolean terminal) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal && host.variable("NO_COLOR").isEmpty() && !host.variable("TERM").equals("dumb");
    };
  }
}

package dev.mdp.cli.completion;

/// The shells with a script.
public enum Shell {
  BASH,
  ZSH
}

package dev.mdp.pipeline.simulation;

/// The process is gone in the middle of a call.
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash(String point) {
    super("crashed at " + point, null, false, false);
  }
}

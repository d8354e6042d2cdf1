package dev.mdp.cli.scenario;

import java.time.Duration;
import java.util.Optional;

/// `mdp stream produce` in its own process.
record ChildProducer(Child child) implements HostileProducer {
  static ChildProducer start(Scenario scenario, HostilePlan plan) {
    return new ChildProducer(scenario.child("stream", "produce", "--provider", plan.provider()));
  }

  @Override
  public void kill() {
    child.kill();
  }

  @Override
  public void freeze(Duration length) {
    child.signal("STOP");
    try {
      Thread.sleep(length);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    child.signal("CONT");
  }

  @Override
  public Optional<String> stop() {
    Outcome end = child.terminate();
    return end.code() == 0 ? Optional.empty() : Optional.of(end.toString());
  }
}

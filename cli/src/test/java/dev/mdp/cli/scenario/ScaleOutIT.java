package dev.mdp.cli.scenario;

import java.time.Duration;

/// On Redis, where leases of two seconds decide.
class ScaleOutIT extends ScaleOut {
  ScaleOutIT() {
    super(Scenario.onRedis(4), Duration.ofSeconds(2 + 5));
  }
}

package dev.mdp.cli.scenario;

/// On Redis, with one worker of each kind.
class RealDataIT extends RealData {
  RealDataIT() {
    super(Scenario.migrated(), 1);
  }
}

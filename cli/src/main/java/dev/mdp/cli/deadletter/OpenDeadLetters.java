package dev.mdp.cli.deadletter;

import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.ops.deadletter.DeadLetters;
import picocli.CommandLine.Model.CommandSpec;

/// Opens the dead letters of the configured events topic.
final class OpenDeadLetters {
  private OpenDeadLetters() {}

  static DeadLetters of(CommandSpec spec) {
    String topic = ConfigOptions.load(spec).config().bus().topic();
    return new DeadLetters(Access.bus(spec), topic);
  }
}

package dev.mdp.cli.producers;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp producers`.
public final class ProducerCommands {
  private ProducerCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "list", "List the producers that --provider may name", ProducersList::new),
      CommandEntry.command(
          "test", "Connect to a producer's venue and show ten trades", ProducersTestCommand::new)
    };
  }
}

package dev.mdp.cli;

import dev.mdp.cli.calendar.CalendarCommands;
import dev.mdp.cli.conf.ConfigCommands;
import dev.mdp.cli.datastore.DatastoreCommands;
import dev.mdp.cli.feeds.FeedCommands;
import dev.mdp.cli.history.HistoryCommands;
import dev.mdp.cli.producers.ProducerCommands;
import dev.mdp.cli.rules.RulesCommands;
import dev.mdp.cli.shell.CommandEntry;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.signals.SignalCommands;
import dev.mdp.cli.stream.StreamCommands;
import dev.mdp.cli.up.Up;
import dev.mdp.cli.verify.VerifyCommands;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// All commands, in the order of the help.
final class CommandTree {
  private CommandTree() {}

  static List<CommandEntry> entries() {
    return List.of(
        CommandEntry.command(
            "up",
            "Run the whole pipeline locally; starts PostgreSQL and Redis itself unless configured",
            Up::new),
        CommandEntry.group(
            "stream",
            "Produce, aggregate, store, look at and replay events",
            StreamCommands.entries()),
        CommandEntry.group("bars", "Look at stored bars", HistoryCommands.bars()),
        CommandEntry.group("ticks", "Export stored ticks", HistoryCommands.ticks()),
        CommandEntry.group("signals", "Look at stored signals", SignalCommands.entries()),
        CommandEntry.group(
            "rules", "Check, try and test the rules that produce signals", RulesCommands.entries()),
        CommandEntry.group("feeds", "Show live feeds: progress and gaps", FeedCommands.entries()),
        CommandEntry.group(
            "producers",
            "List the producers, and try one's venue from here",
            ProducerCommands.entries()),
        CommandEntry.group(
            "verify", "Compare stored bars with their ticks", VerifyCommands.entries()),
        CommandEntry.group(
            "datastore",
            "Maintain the database: migrations, job runs, retention",
            DatastoreCommands.entries()),
        CommandEntry.group(
            "calendar", "Look at trading days and their sessions", CalendarCommands.entries()),
        CommandEntry.group("config", "Check and show the configuration", ConfigCommands.entries()),
        CommandEntry.command(
            "completion", "Print a completion script for a shell", CompletionCommand::new),
        CommandEntry.command("help", "Print the help of a command", HelpCommand::new),
        CommandEntry.command("version", "Print the version", VersionCommand::new));
  }

  /// The tree, with those commands in full whose names are wanted; the others are there by name.
  static CommandLine build(RootCommand root, Predicate<String> wanted) {
    CommandLine line = new CommandLine(root);
    add(line, entries(), wanted);
    return line;
  }

  private static void add(
      CommandLine parent, List<CommandEntry> entries, Predicate<String> wanted) {
    for (CommandEntry entry : entries) {
      boolean full = wanted.test(entry.name());
      CommandLine child =
          full ? new CommandLine(entry.command().get()) : new CommandLine(CommandSpec.create());
      child.getCommandSpec().usageMessage().description(entry.summary() + ".");
      parent.addSubcommand(entry.name(), child);
      if (full) {
        add(child, entry.children(), wanted);
      }
    }
  }
}

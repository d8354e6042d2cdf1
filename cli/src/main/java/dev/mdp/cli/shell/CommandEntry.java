package dev.mdp.cli.shell;

import java.util.List;
import java.util.function.Supplier;

/// A command's place in the tree. Its class is loaded only when its name is on the command line:
/// picocli's reflection over every command would cost more than most commands do.
///
/// @param summary one line for the list of commands
/// @param command makes the object that picocli fills
public record CommandEntry(
    String name, String summary, Supplier<Object> command, List<CommandEntry> children) {
  public CommandEntry {
    children = List.copyOf(children);
  }

  public static CommandEntry command(String name, String summary, Supplier<Object> command) {
    return new CommandEntry(name, summary, command, List.of());
  }

  public static CommandEntry group(String name, String summary, CommandEntry... children) {
    return new CommandEntry(name, summary, Group::new, List.of(children));
  }
}

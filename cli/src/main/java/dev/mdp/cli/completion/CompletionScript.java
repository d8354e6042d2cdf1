package dev.mdp.cli.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Writes a completion script: the shell's own part, with tables of the tree of commands in it.
public final class CompletionScript {
  private static final String ROOT = "mdp";

  private final Shell shell;
  private final String program;
  private final StringBuilder table = new StringBuilder();

  private CompletionScript(Shell shell, String program) {
    this.shell = shell;
    this.program = program;
  }

  /// @param program the name that is completed: the root's, or that of one of its groups
  public static String of(Shell shell, String program, CommandLine root) {
    return new CompletionScript(shell, program).write(root);
  }

  private String write(CommandLine root) {
    boolean whole = program.equals(ROOT);
    CommandLine top = whole ? root : Objects.requireNonNull(root.getSubcommands().get(program));
    table.append("# What may follow a command.\n_").append(program).append("_of() {\n");
    table.append("  _mdp_commands=() _mdp_positions=()\n");
    array("  ", "_mdp_options=", options(ROOT, root.getCommandSpec(), true));
    table.append("  case $1 in\n");
    add(top, program, whole ? ROOT : ROOT + " " + program);
    table.append("  esac\n}");
    return part(shell == Shell.BASH ? "bash.sh" : "zsh.sh")
        .replace("@TABLES@", table)
        .replace("@FUNCTION@", program)
        .replace("@NAME@", program);
  }

  /// @param typed as the user types it
  /// @param command with the root's name
  private void add(CommandLine line, String typed, String command) {
    CommandSpec spec = line.getCommandSpec();
    table.append("    ").append(quoted(typed)).append(")\n");
    List<String> commands = new ArrayList<>();
    Map<String, CommandLine> children = line.getSubcommands();
    children.forEach((name, child) -> commands.add(entry(name, summary(child))));
    array("      ", "_mdp_commands=", commands);
    array("      ", "_mdp_options+=", options(command, spec, false));
    array(
        "      ",
        "_mdp_positions=",
        spec.positionalParameters().stream()
            .map(parameter -> ValueKind.of(command, parameter))
            .toList());
    table.append("      ;;\n");
    children.forEach((name, child) -> add(child, typed + " " + name, command + " " + name));
  }

  private void array(String indent, String name, List<String> entries) {
    if (!entries.isEmpty()) {
      table.append(indent).append(name).append("(\n");
      entries.forEach(each -> table.append(indent).append("  ").append(quoted(each)).append('\n'));
      table.append(indent).append(")\n");
    }
  }

  /// @param inherited those that every command has, or its own
  private List<String> options(String command, CommandSpec spec, boolean inherited) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .filter(option -> isInherited(option) == inherited)
        .map(option ->
            entry(
                String.join(",", option.names()) + "|" + ValueKind.of(command, option),
                String.join(" ", option.description())))
        .toList();
  }

  private static boolean isInherited(OptionSpec option) {
    return option.inherited() || option.scopeType() == CommandLine.ScopeType.INHERIT;
  }

  private static String summary(CommandLine child) {
    return String.join(" ", child.getCommandSpec().usageMessage().description());
  }

  /// bash shows no descriptions.
  private String entry(String entry, String description) {
    String words = description.replace('|', '/').replace("%n", " ").replace("%%", "%").strip();
    return shell == Shell.BASH ? entry : entry + "|" + words;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String part(String name) {
    try (InputStream in =
        Objects.requireNonNull(CompletionScript.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

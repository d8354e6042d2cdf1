package dev.mdp.cli;

import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.core.error.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp help`: the same as `--help` of the command that it names.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp help",
      "  mdp help stream tail",
      "",
      "Exit codes: 0 done, 2 unknown command. Reads no configuration."
    })
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, e.g. stream tail (default: mdp itself).")
  List<String> words = new ArrayList<>();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine child = command.getSubcommands().get(word);
      if (child == null) {
        throw new ParameterException(
            command,
            "unknown command '"
                + word
                + "'"
                + Suggestions.phrase(word, command.getSubcommands().keySet()));
      }
      command = child;
    }
    command.usage(spec.commandLine().getOut());
    return ExitCodes.OK;
  }
}

package dev.mdp.cli;

import dev.mdp.cli.completion.CompletionScript;
import dev.mdp.cli.completion.Shell;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.RootCommand;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp completion`: generated from the tree of commands, so it is never behind it.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp completion bash > ~/.local/share/bash-completion/completions/mdp",
      "  source <(mdp completion zsh)",
      "  mdp completion zsh --program datastore > ~/.zsh/completions/_datastore",
      "",
      "Pressing TAB starts no program. Symbols, providers, datasets, groups, topics, rules, runs,",
      "calendars and keys that mdp has seen are offered from $XDG_CACHE_HOME/mdp/completion",
      "(default ~/.cache/mdp/completion).",
      "Exit codes: 0 done, 2 bad command line. Reads no configuration."
    })
final class CompletionCommand implements Callable<Integer> {
  /// The names the program goes by.
  enum Program {
    MDP,
    DATASTORE
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
  Shell shell;

  @Option(
      names = "--program",
      paramLabel = "NAME",
      defaultValue = "mdp",
      description = "mdp or datastore (default: mdp).")
  Program program;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(script(shell, program, RootCommand.of(spec)));
    return ExitCodes.OK;
  }

  static String script(Shell shell, Program program, RootCommand root) {
    CommandLine tree = CommandTree.build(root, _ -> true);
    return CompletionScript.of(shell, program.name().toLowerCase(Locale.ROOT), tree);
  }
}

package dev.mdp.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp completion`: generated from the tree of commands, so it is never behind.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp completion bash > ~/.local/share/bash-completion/completions/mdp",
      "  mdp completion zsh --program datastore > ~/.zsh/completions/_datastore",
      "",
      "Exit codes: 0 done, 2 bad command line. Reads no configuration."
    })
final class CompletionCommand implements Callable<Integer> {
  /// The shells with a script.
  enum Shell {
    BASH,
    ZSH
  }

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
    spec.commandLine().getOut().print(script(shell, program, Mdp.of(spec)));
    return ExitCodes.OK;
  }

  /// The generated bash script loads zsh's emulation by itself; only zsh's fpath needs a mark.
  static String script(Shell shell, Program program, Mdp mdp) {
    CommandLine tree = CommandTree.build(mdp, _ -> true);
    String script =
        switch (program) {
          case MDP -> AutoComplete.bash("mdp", tree);
          case DATASTORE -> AutoComplete.bash("datastore", tree.getSubcommands().get("datastore"));
        };
    String name = program == Program.MDP ? "mdp" : "datastore";
    return withoutDate(shell == Shell.ZSH ? "#compdef " + name + "\n" + script : script);
  }

  private static String withoutDate(String script) {
    return script
        .lines()
        .filter(line -> !line.startsWith("# Date:"))
        .reduce("", (a, b) -> a + b + "\n");
  }
}

package dev.mdp.cli;

import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.runtime.BuildVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp version`: the same as `--version`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp version",
      "  mdp --version",
      "",
      "Exit codes: 0 done. Reads no configuration."
    })
final class VersionCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println("mdp " + BuildVersion.text());
    return ExitCodes.OK;
  }
}

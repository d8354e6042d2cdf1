package dev.mdp.cli.shell;

import dev.mdp.runtime.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/// `mdp VERSION`.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"mdp " + BuildVersion.text()};
  }
}

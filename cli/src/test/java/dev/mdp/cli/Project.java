package dev.mdp.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The folder that holds the modules.
public final class Project {
  private Project() {}

  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("cli/pom.xml"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not inside the project");
    }
    return folder;
  }
}

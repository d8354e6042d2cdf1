package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Recorded data beside the project; where it is absent a test is skipped, in CI it fails.
final class SharedData {
  private SharedData() {}

  static Path file(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    assertThat(System.getenv("CI"))
        .as("shared/data/%s is needed under CI", name)
        .isNotEqualTo("true");
    return Assumptions.abort("no shared/data/" + name + " beside the project");
  }
}

package dev.mdp.features;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The project's real data, `../shared/data` from its root: skipped where it is absent, a failure
/// under `CI=true`.
public final class SharedData {
  private SharedData() {}

  public static Path file(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data").resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    if ("true".equals(System.getenv("CI"))) {
      fail("no folder above " + Path.of("").toAbsolutePath() + " has shared/data/" + name);
    }
    return Assumptions.abort("shared/data is not here");
  }
}

package dev.mdp.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mdp.core.error.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads configurations from text, and their problems.
final class ConfigFixture {
  private ConfigFixture() {}

  static LoadedConfig load(String yaml) {
    return load(yaml, Map.of());
  }

  static LoadedConfig load(String yaml, Map<String, String> environment, String... sets) {
    return new ConfigLoader(environment, Path.of("."))
        .read("streaming.yaml", yaml, List.of(sets), false);
  }

  static MdpConfig config(String yaml) {
    return load(yaml).config();
  }

  static String problems(String yaml) {
    return problems(yaml, Map.of());
  }

  static String problems(String yaml, Map<String, String> environment, String... sets) {
    return String.valueOf(
        catchThrowableOfType(ConfigException.class, () -> load(yaml, environment, sets))
            .getMessage());
  }

  /// The folder that holds the modules.
  static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("configs/streaming.yaml"))) {
      folder = java.util.Objects.requireNonNull(folder.getParent(), "no configs/ above");
    }
    return folder;
  }
}

package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mdp.core.error.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A text is a configuration, or its problems are told; nothing else is thrown.
class ConfigFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void aTextIsAConfigurationOrItsProblemsAreTold(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    ConfigLoader loader = new ConfigLoader(Map.of("A", "b", "N", "7"), Path.of("."));
    try {
      LoadedConfig loaded = loader.read("f.yaml", text, List.of(), false);
      assertThat(loaded.fingerprint()).matches("[0-9a-f]{16}");
    } catch (ConfigException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}

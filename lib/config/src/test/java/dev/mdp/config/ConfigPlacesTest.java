package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.config.read.Variables;
import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPlacesTest {
  @TempDir Path root;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void theFirstPlaceThatHasOneWins() throws Exception {
    assertThat(source(null)).isEqualTo("built-in defaults");

    environment.put("MDP_HOME", root.resolve("opt").toString());
    String beside = write("opt/configs/streaming.yaml");
    assertThat(source(null)).isEqualTo(beside);
    String machine = write("etc/mdp/streaming.yaml");
    assertThat(source(null)).isEqualTo(machine);
    environment.put("HOME", root.resolve("home").toString());
    String user = write("home/.config/mdp/streaming.yaml");
    assertThat(source(null)).isEqualTo(user);
    environment.put("XDG_CONFIG_HOME", "relative");
    assertThat(source(null)).isEqualTo(user);
    environment.put("XDG_CONFIG_HOME", root.resolve("xdg").toString());
    assertThat(source(null)).isEqualTo(machine);
    String xdg = write("xdg/mdp/streaming.yaml");
    assertThat(source(null)).isEqualTo(xdg);
    assertThat(load(null).searched()).isTrue();
    write("here/configs/streaming.yaml");
    assertThat(source(null)).isEqualTo("configs/streaming.yaml");
    assertThat(load(null).searched()).isFalse();
    write("here/other.yaml");
    environment.put("MDP_CONFIG", "other.yaml");
    assertThat(source(null)).isEqualTo("other.yaml");
    assertThat(load(null).searched()).isTrue();
    String named = write("named.yaml");
    assertThat(source(named)).isEqualTo(named);
    assertThat(load(named).searched()).isFalse();
  }

  @Test
  void oneThatIsNamedMustBeThere() {
    environment.put("MDP_CONFIG", "no.yaml");

    assertThatThrownBy(() -> load(null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no such file: no.yaml");
  }

  @Test
  void rulesAreSoughtBesideTheConfigurationThenInTheFolder() throws Exception {
    write("etc/mdp/streaming.yaml");
    assertThat(rules(null)).isEqualTo(root.resolve("etc/mdp/configs/rules.yaml"));

    write("here/configs/rules.yaml");
    assertThat(rules(null)).isEqualTo(Path.of("configs/rules.yaml"));
    write("etc/mdp/rules.yaml");
    assertThat(rules(null)).isEqualTo(root.resolve("etc/mdp/rules.yaml"));
    write("etc/mdp/configs/rules.yaml");
    assertThat(rules(null)).isEqualTo(root.resolve("etc/mdp/configs/rules.yaml"));
  }

  @Test
  void ofAFileInConfigsTheyAreRelativeToTheFolderAbove() throws Exception {
    write("opt/configs/rules.yaml");
    String file = write("opt/configs/streaming.yaml");
    assertThat(rules(file)).isEqualTo(root.resolve("opt/configs/rules.yaml"));

    write("here/configs/streaming.yaml");
    assertThat(rules(null)).isEqualTo(Path.of("configs/rules.yaml"));
  }

  @Test
  void namesInFlagsAndVariablesAreRelativeToTheWorkingDirectory() throws Exception {
    write("etc/mdp/streaming.yaml");
    write("etc/mdp/mine.yaml");

    assertThat(rules(null, "inference.adapters.rules.file=mine.yaml"))
        .isEqualTo(Path.of("mine.yaml"));
    environment.put("MDP_INFERENCE_ADAPTERS_RULES_FILE", "mine.yaml");
    assertThat(rules(null)).isEqualTo(Path.of("mine.yaml"));
  }

  @Test
  void theModelIsFoundInTheSameWayAndAnAbsoluteNameIsTaken() throws Exception {
    Path file = Path.of(write("etc/mdp/streaming.yaml"));
    write("etc/mdp/model.onnx");
    Files.writeString(
        file,
        "inference: { adapters: { rules: { file: /r.yaml }, onnx: { model_path: model.onnx } } }\n");

    InferenceConfig config = load(null).config().inference();

    assertThat(config.onnx().modelPath()).isEqualTo(root.resolve("etc/mdp/model.onnx").toString());
    assertThat(config.rules().file()).isEqualTo(Path.of("/r.yaml"));
  }

  @Test
  void theModelMayBeGivenUnderItsFormerName() throws Exception {
    Path file = Path.of(write("etc/mdp/streaming.yaml"));
    write("etc/mdp/model.onnx");
    Files.writeString(
        file, "inference: { adapters: { sklearn: { signal: trend, model_path: model.onnx } } }\n");

    OnnxConfig config = load(null).config().inference().onnx();

    assertThat(config.signal()).isEqualTo("trend");
    assertThat(config.modelPath()).isEqualTo(root.resolve("etc/mdp/model.onnx").toString());
  }

  private Path rules(@Nullable String file, String... sets) {
    return load(file, sets).config().inference().rules().file();
  }

  private String source(@Nullable String file) {
    return load(file).source();
  }

  private LoadedConfig load(@Nullable String file, String... sets) {
    return new ConfigLoader(Variables.of(environment), root.resolve("here"), root.resolve("etc"))
        .load(file, List.of(sets), false);
  }

  private String write(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "version: 1\n").toString();
  }
}

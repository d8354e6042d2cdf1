package dev.mdp.inference.onnx;

import static dev.mdp.inference.onnx.Expecting.expecting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.testkit.onnx.Models;
import dev.mdp.testkit.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRefusalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"m.pkl", "m.PICKLE", "m.joblib", "m.onnx"})
  void aPickleIsNeverReadAndTheWayOutIsTold(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[] {(byte) 0x80, 4, 0});

    assertThatThrownBy(() -> OnnxModel.open(file, expecting("vwap_1m")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            %s: a pickle is code that runs when it is read, so it is not; convert it in Python:
              import joblib, skl2onnx
              onnx = skl2onnx.to_onnx(joblib.load("%s"), X_train[:1].astype("float32"))
              open("model.onnx", "wb").write(onnx.SerializeToString())\
            """
                .formatted(file, name));
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.onnx"));

    refused(folder.resolve("none.onnx"), "none.onnx: no such file");
    refused(folder, "not a regular file");
    refused(empty, "empty.onnx: empty");
  }

  @Test
  void aModelThatAnybodyMayChangeIsRefused() throws IOException {
    Path file = Models.logistic(false).write(folder);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));

    refused(file, "other users of this machine may change the model: chmod o-w " + file);
  }

  @Test
  void aModelThatIsTooLargeIsRefused() {
    Path file = Models.logistic(false).write(folder);
    ModelExpectations tight =
        new ModelExpectations(Models.FEATURES, List.of(), Optional.empty(), 100);

    assertThatThrownBy(() -> OnnxModel.open(file, tight))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("larger than 100 bytes (max_size_mb)");
  }

  @Test
  void aPinnedModelIsThatOne() {
    Path file = Models.tensorEach().write(folder);
    String sha256;
    try (OnnxModel model = OnnxModel.open(file, expecting())) {
      sha256 = model.sha256();
    }

    OnnxModel.open(file, pinned(sha256.toUpperCase(java.util.Locale.ROOT))).close();
    assertThatThrownBy(() -> OnnxModel.open(file, pinned("0".repeat(64))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its SHA-256 is " + sha256 + ", model_sha256 says 0000");
  }

  @Test
  void aDamagedOrCutOffModelIsRefusedOrStillAModel() throws IOException {
    byte[] good = Models.tree().bytes();
    Random random = new Random(3);

    for (int length = 1; length < good.length; length += 7) {
      survives(Arrays.copyOf(good, length));
    }
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      for (int j = 0; j < 5; j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      survives(bad);
    }
    refused(
        Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(good, good.length / 2)),
        "cut.onnx: not an ONNX model, or a damaged or cut off one: ");
  }

  @Test
  void inputsThatDoNotMatchAreToldWithBothLists() {
    Path two = Models.logistic(false).write(folder);
    Path each = Models.tensorEach().write(folder);

    assertThatThrownBy(() -> OnnxModel.open(two, expecting("vwap_1m", "ret_30s", "rsi_14")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            %s: its input 'X' has 2 columns, inputs names 3
              the model takes: X[-1, 2]
              inputs:          vwap_1m, ret_30s, rsi_14
              features:        vwap_1m, ret_30s, rsi_14\
            """
                .formatted(two));
    mismatched(two, expecting(), "name them, in the order of the training, with inputs: […]");
    mismatched(two, expecting("vwap_1m", "nix"), "inputs names [nix], which no feature is");
    mismatched(each, expecting("vwap_1m"), "its inputs are not what inputs names");
    ModelExpectations others =
        new ModelExpectations(List.of("rsi_14"), List.of(), Optional.empty(), 1 << 20);
    mismatched(each, others, "it has the inputs [vwap_1m], which no feature is");
  }

  @Test
  void shapesThatCannotTakeABatchAreRefused() {
    OnnxGraph fixed = identity(OnnxGraph.FLOAT, 1, 2);
    OnnxGraph integers = identity(OnnxGraph.INT64, OnnxGraph.ANY, 2);
    OnnxGraph deep = identity(OnnxGraph.FLOAT, OnnxGraph.ANY, 2, 2);

    mismatched(fixed.write(folder), expecting("vwap_1m", "rsi_14"), "takes exactly 1 rows");
    mismatched(integers.write(folder), expecting("vwap_1m", "rsi_14"), "not a float or double");
    mismatched(deep.write(folder), expecting("vwap_1m", "rsi_14"), "not a float or double");
  }

  @Test
  void aModelWhoseOutputsSayNothingIsRefused() {
    OnnxGraph wide = identity(OnnxGraph.FLOAT, OnnxGraph.ANY, 2);

    refused(wide.write(folder), "cannot be scored: the model gave 2 results, not 1");
  }

  private static OnnxGraph identity(int type, long... shape) {
    return new OnnxGraph()
        .input("X", type, shape)
        .output("y", type, shape)
        .node(OnnxGraph.Node.basic("Identity", List.of("X"), List.of("y")));
  }

  private void survives(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.onnx"), bytes);
    try {
      OnnxModel.open(file, expecting("vwap_1m", "ret_30s", "rsi_14")).close();
    } catch (DataException | ConfigException e) {
      assertThat(e.getMessage()).startsWith(file + ": ");
    }
  }

  private static ModelExpectations pinned(String sha256) {
    return new ModelExpectations(Models.FEATURES, List.of(), Optional.of(sha256), 1 << 20);
  }

  private static void mismatched(Path file, ModelExpectations expected, String message) {
    assertThatThrownBy(() -> OnnxModel.open(file, expected))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> OnnxModel.open(file, expecting("vwap_1m", "ret_30s")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}

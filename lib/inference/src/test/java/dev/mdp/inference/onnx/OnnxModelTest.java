package dev.mdp.inference.onnx;

import static dev.mdp.inference.onnx.Expecting.expecting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.testkit.onnx.Models;
import dev.mdp.testkit.onnx.OnnxGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLogisticRegressionScoresAsByHand(boolean zipMap) throws ScoringException {
    double[][] rows = random(200, 2);
    Path file = Models.logistic(zipMap).write(folder);

    try (OnnxModel model = OnnxModel.open(file, expecting("vwap_1m", "ret_30s"))) {
      List<Score> scores = model.score(rows);

      assertThat(model.inputs()).containsExactly("vwap_1m", "ret_30s");
      assertThat(model.sha256()).matches("[0-9a-f]{64}");
      for (int i = 0; i < rows.length; i++) {
        double up = Models.logistic(rows[i][0], rows[i][1]);
        assertThat(scores.get(i).value()).isEqualTo(up > 0.5 ? 1 : -1);
        assertThat(scores.get(i).score().orElseThrow())
            .isCloseTo(Math.max(up, 1 - up), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSoftmaxOverNamedClassesScoresAsByHand(boolean zipMap) throws ScoringException {
    double[][] rows = random(200, 3);
    Path file = Models.softmax(zipMap).write(folder);

    try (OnnxModel model = OnnxModel.open(file, expecting("vwap_1m", "ret_30s", "rsi_14"))) {
      List<Score> scores = model.score(rows);

      for (int i = 0; i < rows.length; i++) {
        double[] expected = Models.softmax(rows[i]);
        int best = expected[0] > expected[1] ? 0 : 1;
        best = expected[2] > expected[best] ? 2 : best;
        assertThat(scores.get(i).label()).contains(List.of("down", "flat", "up").get(best));
        assertThat(scores.get(i).value()).isNaN();
        assertThat(scores.get(i).score().orElseThrow()).isCloseTo(expected[best], within(1e-5));
      }
    }
  }

  @Test
  void aTreeScoresAsByHand() throws ScoringException {
    Path file = Models.tree().write(folder);

    try (OnnxModel model = OnnxModel.open(file, expecting("vwap_1m", "ret_30s", "rsi_14"))) {
      List<Score> scores =
          model.score(new double[][] {{50, 0, 30}, {100, 0, 31}, {101, 0, 31}, {101, 0, 29}});

      assertThat(scores).extracting(Score::value).containsExactly(1.0, 0.0, 2.0, 1.0);
      assertThat(scores)
          .extracting(score -> (float) score.score().orElseThrow())
          .containsExactly(.9f, .6f, .75f, .9f);
    }
  }

  @Test
  void theOrderOfInputsIsTheConfiguredOne() throws ScoringException {
    Path file = Models.logistic(false).write(folder);

    try (OnnxModel model = OnnxModel.open(file, expecting("rsi_14", "vwap_1m"))) {
      assertThat(model.inputs()).containsExactly("rsi_14", "vwap_1m");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {OnnxGraph.FLOAT, OnnxGraph.DOUBLE})
  void aRegressionGivesItsResultAndMayGiveNan(int type) throws ScoringException {
    Path file = Models.logarithm(type).write(folder);

    try (OnnxModel model = OnnxModel.open(file, expecting())) {
      List<Score> scores = model.score(new double[][] {{1}, {-1}, {0}});

      assertThat(model.inputs()).containsExactly("ret_30s");
      assertThat(scores.getFirst()).isEqualTo(Score.ofNumber(0));
      assertThat(scores.get(1).value()).isNaN();
      assertThat(scores.get(2).value()).isInfinite();
    }
  }

  @Test
  void oneInputForEachFeatureIsMatchedByName() throws ScoringException {
    Path file = Models.tensorEach().write(folder);

    try (OnnxModel model = OnnxModel.open(file, expecting("vwap_1m", "rsi_14"))) {
      List<Score> scores = model.score(new double[][] {{70, 100}, {30, 10}});

      assertThat(model.inputs()).containsExactly("rsi_14", "vwap_1m");
      assertThat(scores).extracting(Score::value).containsExactly(-30.0, 20.0);
    }
  }

  private static double[][] random(int rows, int columns) {
    Random random = new Random(5);
    double[][] result = new double[rows][];
    for (int i = 0; i < rows; i++) {
      result[i] = random.doubles(columns, -2, 2).toArray();
    }
    return result;
  }
}

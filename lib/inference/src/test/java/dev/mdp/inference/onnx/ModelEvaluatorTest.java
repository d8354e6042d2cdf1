package dev.mdp.inference.onnx;

import static dev.mdp.inference.onnx.Expecting.expecting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.inference.onnx.ManualScorer.Mood;
import dev.mdp.inference.onnx.Verdict.Reason;
import dev.mdp.testkit.ManualClock;
import dev.mdp.testkit.onnx.Models;
import dev.mdp.testkit.onnx.OnnxGraph;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelEvaluatorTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
  private final ManualScorer scorer = new ManualScorer();
  private final ModelEvaluator evaluator =
      new ModelEvaluator(
          scorer,
          List.of("y", "x"),
          new ModelSettings("model", Map.of(), Duration.ofMillis(40), 3, Duration.ofSeconds(10)),
          clock);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    scorer.release();
    evaluator.close();
  }

  @Test
  void eachEvaluationGetsItsVerdictInOrder() {
    List<Verdict> verdicts = evaluator.evaluate(List.of(at(1, 5), at(2, Double.NaN), at(3, 7)));

    assertThat(verdicts)
        .containsExactly(
            new Verdict.Scored(signal(1, 5)),
            new Verdict.Skipped(List.of("x")),
            new Verdict.Scored(signal(3, 7)));
  }

  @Test
  void aBatchWithoutAnyRowAsksNobody() {
    assertThat(evaluator.evaluate(List.of())).isEmpty();
    assertThat(evaluator.evaluate(List.of(at(1, Double.NaN), at(2, 1e300))))
        .hasOnlyElementsOfType(Verdict.Skipped.class);
    assertThat(scorer.asked).hasValue(0);
    assertThat(evaluator.skipped()).isEqualTo(2);
  }

  @Test
  void theBreakerOpensAfterThreeFailuresAndClosesAfterAGoodProbe() {
    scorer.mood = Mood.FAIL;
    for (int i = 0; i < 3; i++) {
      assertThat(reason()).isEqualTo(Reason.ERROR);
    }
    assertThat(reason()).isEqualTo(Reason.OPEN);
    assertThat(scorer.asked).hasValue(3);

    clock.advance(Duration.ofSeconds(10));
    assertThat(reason()).isEqualTo(Reason.ERROR);
    assertThat(reason()).isEqualTo(Reason.OPEN);
    assertThat(scorer.asked).hasValue(4);

    scorer.mood = Mood.ECHO;
    clock.advance(Duration.ofSeconds(10));
    assertThat(evaluator.evaluate(List.of(at(1, 5))))
        .containsExactly(new Verdict.Scored(signal(1, 5)));
    assertThat(evaluator.isOpen()).isFalse();
  }

  @Test
  void aSuccessBetweenFailuresBeginsTheCountAnew() {
    for (int i = 0; i < 4; i++) {
      scorer.mood = Mood.FAIL;
      reason();
      reason();
      scorer.mood = Mood.ECHO;
      evaluator.evaluate(List.of(at(1, 5)));
    }

    assertThat(evaluator.isOpen()).isFalse();
  }

  @Test
  void aModelThatHangsIsCancelledAndGoesOnLater() {
    scorer.mood = Mood.HANG;

    assertThat(reason()).isEqualTo(Reason.TIMEOUT);
    scorer.mood = Mood.ECHO;

    awaitAnswer();
  }

  @Test
  void nothingPilesUpBehindAModelThatHangs() {
    scorer.mood = Mood.HANG_DEAF;
    for (int i = 0; i < 3; i++) {
      assertThat(reason()).isEqualTo(Reason.TIMEOUT);
    }
    for (int i = 0; i < 1_000; i++) {
      clock.advance(Duration.ofSeconds(4));
      assertThat(reason()).isIn(Reason.OPEN, Reason.TIMEOUT);
    }
    assertThat(scorer.asked).hasValue(1);

    scorer.mood = Mood.ECHO;
    scorer.release();
    clock.advance(Duration.ofSeconds(10));
    awaitAnswer();
  }

  @Test
  void closingLeavesARunToItsEndAndFreesTheModelThen() throws InterruptedException {
    scorer.mood = Mood.HANG_DEAF;
    assertThat(reason()).isEqualTo(Reason.TIMEOUT);

    evaluator.close();
    assertThat(scorer.closed.getCount()).isEqualTo(1);
    scorer.release();

    assertThat(scorer.closed.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(scorer.closedWhileRunning).isFalse();
    assertThat(reason()).isEqualTo(Reason.ERROR);
  }

  @Test
  void aClassHasTheValueThatIsConfigured() {
    Path file = Models.tree().write(folder);
    OnnxModel model = OnnxModel.open(file, expecting("vwap_1m", "ret_30s", "rsi_14"));
    String sha256 = model.sha256();
    ModelSettings settings = ModelSettings.of("tree", Map.of("1", 10.0), Duration.ofSeconds(5));

    try (ModelEvaluator trees = new ModelEvaluator(model, Models.FEATURES, settings, clock)) {
      List<Verdict> verdicts =
          trees.evaluate(List.of(at(1, 50, 0, 30), at(2, 100, Double.NaN, 1), at(3, 101, 0, 31)));

      assertThat(verdicts.get(0))
          .isEqualTo(
              new Verdict.Scored(
                  new Signal(
                      "p",
                      new Symbol("SPY"),
                      1,
                      "tree",
                      10,
                      OptionalDouble.of(.9f),
                      Map.of("model_sha256", sha256, "class", "1"))));
      assertThat(verdicts.get(1)).isEqualTo(new Verdict.Skipped(List.of("ret_30s")));
      assertThat(verdicts.get(2))
          .isInstanceOfSatisfying(
              Verdict.Scored.class, scored -> assertThat(scored.signal().value()).isEqualTo(2));
    }
  }

  @Test
  void unknownClassAndInfiniteResultFailTheirOwnEvaluationAlone() {
    OnnxModel words =
        OnnxModel.open(
            Models.softmax(true).write(folder), expecting("vwap_1m", "ret_30s", "rsi_14"));
    OnnxModel logarithm =
        OnnxModel.open(Models.logarithm(OnnxGraph.FLOAT).write(folder), expecting());
    ModelSettings settings = ModelSettings.of("m", Map.of("down", -1.0), Duration.ofSeconds(5));

    try (ModelEvaluator evaluator = new ModelEvaluator(words, Models.FEATURES, settings, clock)) {
      List<Verdict> verdicts = evaluator.evaluate(List.of(at(1, 0, 9, 0), at(2, 0, -9, -9)));

      assertThat(verdicts.get(0))
          .isEqualTo(
              new Verdict.Failed(Reason.ERROR, "the class 'up' has no value: add it to classes"));
      assertThat(verdicts.get(1)).isInstanceOf(Verdict.Scored.class);
    }
    try (ModelEvaluator evaluator =
        new ModelEvaluator(logarithm, Models.FEATURES, settings, clock)) {
      List<Verdict> verdicts = evaluator.evaluate(List.of(at(1, 0, -1, 0), at(2, 0, 1, 0)));

      assertThat(verdicts.get(0))
          .isInstanceOfSatisfying(
              Verdict.Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.NAN));
      assertThat(verdicts.get(1)).isInstanceOf(Verdict.Scored.class);
      assertThat(evaluator.isOpen()).isFalse();
    }
  }

  @Test
  void aRunThatNeverEndsIsEndedByTheRuntimeWhenItsDeadlinePassed() throws InterruptedException {
    OnnxModel model = OnnxModel.open(Models.endless().write(folder), expecting());
    ModelThread thread = new ModelThread(model);

    assertThatThrownBy(() -> thread.score(new double[][] {{-1}, {1}}, Duration.ofMillis(50)))
        .hasMessage("no answer within 50 ms");

    List<Score> scores = List.of();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (scores.isEmpty() && System.nanoTime() < until) {
      try {
        scores = thread.score(new double[][] {{-1}, {-2}}, Duration.ofSeconds(5));
      } catch (TimeoutException | ScoringException _) {
        Thread.onSpinWait();
      }
    }
    assertThat(scores).extracting(Score::value).containsExactly(-1.0, -2.0);
    thread.close();
  }

  @Test
  void closingEndsARunThatNeverEnds() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    OnnxModel model = OnnxModel.open(Models.endless().write(folder), expecting());
    ModelThread thread = new ModelThread(new Observed(model, closed));
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                thread.score(new double[][] {{1}}, Duration.ofMinutes(1));
              } catch (TimeoutException | ScoringException | InterruptedException _) {
                // cancelled
              }
            });
    while (thread.isIdle()) {
      Thread.onSpinWait();
    }

    thread.close();

    assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(asking.join(Duration.ofSeconds(60))).isTrue();
  }

  private record Observed(OnnxModel model, CountDownLatch closed) implements Scorer {
    @Override
    public List<String> inputs() {
      return model.inputs();
    }

    @Override
    public String sha256() {
      return model.sha256();
    }

    @Override
    public List<Score> score(double[][] rows) throws ScoringException {
      return model.score(rows);
    }

    @Override
    public void cancel() {
      model.cancel();
    }

    @Override
    public void close() {
      model.close();
      closed.countDown();
    }
  }

  private void awaitAnswer() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    Verdict verdict = evaluator.evaluate(List.of(at(1, 5))).getFirst();
    while (!(verdict instanceof Verdict.Scored) && System.nanoTime() < until) {
      clock.advance(Duration.ofSeconds(10));
      verdict = evaluator.evaluate(List.of(at(1, 5))).getFirst();
    }
    assertThat(verdict).isInstanceOf(Verdict.Scored.class);
  }

  private Reason reason() {
    Verdict verdict = evaluator.evaluate(List.of(at(1, 5))).getFirst();
    return verdict instanceof Verdict.Failed failed ? failed.reason() : unexpected(verdict);
  }

  private static Reason unexpected(Verdict verdict) {
    throw new AssertionError("expected a failure: " + verdict);
  }

  private static Signal signal(long ts, double value) {
    return new Signal(
        "p",
        new Symbol("SPY"),
        ts,
        "model",
        value,
        OptionalDouble.empty(),
        Map.of("model_sha256", "ab"));
  }

  private static Evaluation at(long ts, double x) {
    return new Evaluation("p", "", new Symbol("SPY"), ts, 1, new double[] {Double.NaN, x});
  }

  private static Evaluation at(long ts, double vwap, double ret, double rsi) {
    return new Evaluation("p", "", new Symbol("SPY"), ts, 1, new double[] {vwap, ret, rsi});
  }
}

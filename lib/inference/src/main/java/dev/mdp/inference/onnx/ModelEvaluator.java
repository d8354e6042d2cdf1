package dev.mdp.inference.onnx;

import dev.mdp.core.event.Signal;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.inference.onnx.Verdict.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// Asks a model about evaluations, a batch as one tensor, within a deadline. A model that fails
/// some times in a row is left alone for a while. Thread-safe: batches wait for each other, each at
/// most for its deadline; the model itself is touched by its own thread alone.
public final class ModelEvaluator implements AutoCloseable {
  private final ModelThread thread;
  private final ModelRows rows;
  private final ModelSettings settings;
  private final Breaker breaker;
  private final String sha256;
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder skipped = new LongAdder();

  /// @param scorer closed by this evaluator, and used by no one else
  /// @param features the names of the features, in the order of the evaluations
  /// @param clock measures the breaker's pause
  public ModelEvaluator(
      Scorer scorer, List<String> features, ModelSettings settings, InstantSource clock) {
    this.rows = new ModelRows(scorer.inputs(), features);
    this.sha256 = scorer.sha256();
    this.settings = settings;
    this.breaker = new Breaker(settings.failures(), settings.pause(), clock);
    this.thread = new ModelThread(scorer);
  }

  /// One verdict for each evaluation, in their order. Never throws because of the model; an
  /// interrupt fails the batch and stays set.
  public List<Verdict> evaluate(List<Evaluation> evaluations) {
    ModelRows.Batch batch = rows.batch(evaluations);
    List<Verdict> verdicts = new ArrayList<>(batch.skipped());
    skipped.add(evaluations.size() - batch.places().length);
    if (batch.places().length > 0) {
      List<Verdict> answers = ask(evaluations, batch);
      for (int i = 0; i < answers.size(); i++) {
        verdicts.set(batch.places()[i], answers.get(i));
      }
    }
    return verdicts;
  }

  /// How many evaluations were not shown to the model because an input was undefined.
  public long skipped() {
    return skipped.sum();
  }

  /// Whether the model is left alone, or on probation.
  public boolean isOpen() {
    lock.lock();
    try {
      return breaker.isOpen();
    } finally {
      lock.unlock();
    }
  }

  private List<Verdict> ask(List<Evaluation> evaluations, ModelRows.Batch batch) {
    lock.lock();
    try {
      if (!breaker.permits()) {
        return all(
            batch, Reason.OPEN, "the model failed too often: it is asked again after its pause");
      }
      List<Score> scores = thread.score(batch.rows(), settings.deadline());
      if (scores.size() != batch.places().length) {
        throw new ScoringException(
            scores.size() + " scores for " + batch.places().length + " rows", null);
      }
      List<Verdict> verdicts = new ArrayList<>(scores.size());
      for (int i = 0; i < scores.size(); i++) {
        verdicts.add(verdict(evaluations.get(batch.places()[i]), scores.get(i)));
      }
      breaker.succeeded();
      return verdicts;
    } catch (TimeoutException e) {
      breaker.failed();
      return all(batch, Reason.TIMEOUT, String.valueOf(e.getMessage()));
    } catch (ScoringException e) {
      breaker.failed();
      return all(batch, Reason.ERROR, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      breaker.failed();
      return all(batch, Reason.ERROR, "interrupted");
    } finally {
      lock.unlock();
    }
  }

  private static List<Verdict> all(ModelRows.Batch batch, Reason reason, String message) {
    Verdict verdict = new Verdict.Failed(reason, message);
    return Collections.nCopies(batch.places().length, verdict);
  }

  private Verdict verdict(Evaluation evaluation, Score score) {
    String label = score.label().orElse("");
    Double mapped = settings.classes().get(label);
    double value = mapped == null ? score.value() : mapped;
    boolean isWord = score.label().isPresent() && Double.isNaN(value);
    if (isWord) {
      return new Verdict.Failed(
          Reason.ERROR, "the class '" + label + "' has no value: add it to classes");
    }
    if (!Double.isFinite(value) || !Double.isFinite(score.score().orElse(0))) {
      return new Verdict.Failed(
          Reason.NAN, "the model gave " + value + ", score " + score.score().orElse(Double.NaN));
    }
    return new Verdict.Scored(
        new Signal(
            evaluation.provider(),
            evaluation.symbol(),
            evaluation.tsMicros(),
            settings.signal(),
            value,
            score.score(),
            label.isEmpty()
                ? Map.of("model_sha256", sha256)
                : Map.of("model_sha256", sha256, "class", label)));
  }

  /// Ends what runs and frees the model.
  @Override
  public void close() {
    thread.close();
  }
}

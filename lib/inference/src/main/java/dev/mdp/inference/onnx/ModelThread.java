package dev.mdp.inference.onnx;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The one thread that touches a model, a platform thread because native code holds it. Takes one
/// batch at a time: while one runs, also one that no one waits for any more, there is no other.
final class ModelThread implements AutoCloseable {
  /// A cancel that comes just before a run begins is lost, so that closing repeats it: so often
  /// while someone waits for it, then until the run has ended.
  private static final int CANCELS = 50;

  private static final long BETWEEN_CANCELS_MS = 20;

  private final Scorer scorer;
  private final ExecutorService executor;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  ModelThread(Scorer scorer) {
    this.scorer = scorer;
    this.executor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("mdp-model").daemon(true).factory());
  }

  /// Throws [TimeoutException] when the deadline passes or an earlier batch still runs.
  List<Score> score(double[][] rows, Duration deadline)
      throws ScoringException, TimeoutException, InterruptedException {
    if (closed.get()) {
      throw new ScoringException("the model is closed", null);
    }
    if (!busy.compareAndSet(false, true)) {
      scorer.cancel();
      throw new TimeoutException("the model is still busy with an earlier batch");
    }
    Future<List<Score>> answer = submit(rows);
    try {
      return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      scorer.cancel();
      TimeoutException told =
          new TimeoutException("no answer within " + deadline.toMillis() + " ms");
      told.initCause(e);
      throw told;
    } catch (InterruptedException e) {
      scorer.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw translated(e);
    }
  }

  /// Whether no batch runs or waits to.
  boolean isIdle() {
    return !busy.get();
  }

  private Future<List<Score>> submit(double[][] rows) throws ScoringException {
    try {
      return executor.submit(() -> run(rows));
    } catch (RejectedExecutionException e) {
      busy.set(false);
      throw new ScoringException("the model is closed", e);
    }
  }

  private List<Score> run(double[][] rows) throws ScoringException {
    try {
      return scorer.score(rows);
    } finally {
      busy.set(false);
    }
  }

  private static ScoringException translated(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause instanceof ScoringException scoring
        ? scoring
        : new ScoringException("the model failed: " + cause, cause);
  }

  /// Cancels what runs and leaves the closing to the model's thread, because a session in use must
  /// not be freed. Waits a moment; a run that hangs is cancelled on until it ends.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    executor.execute(scorer::close);
    executor.shutdown();
    try {
      for (int i = 0; i < CANCELS; i++) {
        if (isEnded()) {
          return;
        }
        scorer.cancel();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Thread.ofVirtual().name("mdp-model-end").start(this::cancelUntilEnded);
  }

  private void cancelUntilEnded() {
    try {
      while (!isEnded()) {
        scorer.cancel();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isEnded() throws InterruptedException {
    return executor.awaitTermination(BETWEEN_CANCELS_MS, TimeUnit.MILLISECONDS);
  }
}

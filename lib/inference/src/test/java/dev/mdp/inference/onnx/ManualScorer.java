package dev.mdp.inference.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A scorer of one input that does what the test says: gives the input back, fails, or hangs until
/// it is released or, when it listens, cancelled.
final class ManualScorer implements Scorer {
  /// What the next batches get.
  enum Mood {
    ECHO,
    FAIL,
    HANG,
    HANG_DEAF
  }

  final AtomicInteger asked = new AtomicInteger();
  final CountDownLatch closed = new CountDownLatch(1);
  volatile Mood mood = Mood.ECHO;
  private volatile CountDownLatch release = new CountDownLatch(1);
  private volatile boolean running;
  volatile boolean closedWhileRunning;

  @Override
  public List<String> inputs() {
    return List.of("x");
  }

  @Override
  public String sha256() {
    return "ab";
  }

  @Override
  public List<Score> score(double[][] rows) throws ScoringException {
    asked.incrementAndGet();
    running = true;
    try {
      if (mood == Mood.FAIL) {
        throw new ScoringException("broken", null);
      }
      if (mood != Mood.ECHO) {
        release.await();
      }
      List<Score> scores = new ArrayList<>();
      for (double[] row : rows) {
        scores.add(Score.ofNumber(row[0]));
      }
      return scores;
    } catch (InterruptedException e) {
      throw new ScoringException("interrupted", e);
    } finally {
      running = false;
    }
  }

  void release() {
    CountDownLatch old = release;
    release = new CountDownLatch(1);
    old.countDown();
  }

  @Override
  public void cancel() {
    if (mood == Mood.HANG) {
      release();
    }
  }

  @Override
  public void close() {
    closedWhileRunning = running;
    closed.countDown();
  }
}

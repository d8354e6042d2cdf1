package dev.mdp.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mdp.core.error.DataException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An ONNX file that is open in ONNX Runtime, on one thread of the processor. The session lives
/// outside the heap until it is closed.
public final class OnnxModel implements Scorer {
  /// How long the first row may take, with what the runtime prepares for it.
  private static final Duration TRIAL = Duration.ofSeconds(10);

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final InputBinding input;
  private final OutputBinding output;
  private final String sha256;
  private final AtomicReference<OrtSession.@Nullable RunOptions> running = new AtomicReference<>();

  private OnnxModel(
      OrtEnvironment environment,
      OrtSession session,
      InputBinding input,
      OutputBinding output,
      String sha256) {
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.output = output;
    this.sha256 = sha256;
  }

  /// Opens a model and scores one row of zeros, to see that it can. Throws [DataException] when the
  /// file is not a model that can be used, [dev.mdp.core.error.ConfigException] when it is not the
  /// one that is configured.
  public static OnnxModel open(Path path, ModelExpectations expected) {
    ModelFile file = ModelFile.read(path, expected.sha256(), expected.maxBytes());
    OnnxRuntime runtime = OnnxRuntime.load();
    OrtSession session = runtime.open(path, file.bytes());
    try {
      OnnxModel model =
          new OnnxModel(
              runtime.environment(),
              session,
              new InputMatcher(path.toString(), session.getInputInfo(), expected).match(),
              OutputBinding.of(path.toString(), session.getOutputInfo()),
              file.sha256());
      model.tryOut();
      return model;
    } catch (OrtException | ScoringException e) {
      closeQuietly(session);
      throw new DataException(path + ": cannot be scored: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeQuietly(session);
      throw e;
    }
  }

  private void tryOut() throws ScoringException {
    Thread watchdog =
        Thread.ofVirtual()
            .name("mdp-model-trial")
            .start(() -> {
              try {
                Thread.sleep(TRIAL);
                cancel();
              } catch (InterruptedException _) {
                // it was in time
              }
            });
    try {
      score(new double[1][inputs().size()]);
    } finally {
      watchdog.interrupt();
    }
  }

  @Override
  public List<String> inputs() {
    return input.features();
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public List<Score> score(double[][] rows) throws ScoringException {
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      running.set(options);
      try {
        return run(rows, options);
      } finally {
        withdraw(options);
      }
    } catch (OrtException e) {
      throw new ScoringException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Score> run(double[][] rows, OrtSession.RunOptions options)
      throws OrtException, ScoringException {
    Map<String, OnnxTensor> tensors = input.tensors(environment, rows);
    try (OrtSession.Result result = session.run(tensors, output.names(), options)) {
      return new OutputReader(output, rows.length).read(result);
    } finally {
      OnnxValue.close(tensors);
    }
  }

  /// The options live outside the heap too: not while someone cancels with them.
  private synchronized void withdraw(OrtSession.RunOptions options) {
    running.compareAndSet(options, null);
  }

  @Override
  public synchronized void cancel() {
    OrtSession.RunOptions options = running.get();
    if (options != null) {
      try {
        options.setTerminate(true);
      } catch (OrtException _) {
        // it runs to its end
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(session);
  }

  private static void closeQuietly(OrtSession session) {
    try {
      session.close();
    } catch (OrtException | IllegalStateException _) {
      // closed already
    }
  }
}

package dev.mdp.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import java.nio.file.Path;

/// ONNX Runtime in this process, in which models are opened.
record OnnxRuntime(OrtEnvironment environment) {
  /// Throws [ConfigException] where the native library cannot be used.
  static OnnxRuntime load() {
    try {
      return new OnnxRuntime(
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "mdp"));
    } catch (LinkageError | RuntimeException e) {
      throw new ConfigException(
          "ONNX Runtime cannot be loaded (it is there for Linux on x64 and arm64, and unpacks itself into "
              + System.getProperty("java.io.tmpdir")
              + "): "
              + e.getMessage(),
          e);
    }
  }

  /// Opens a model for one thread of the processor. Throws [DataException] when it is none.
  OrtSession open(Path path, byte[] bytes) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return environment.createSession(bytes, options);
    } catch (OrtException e) {
      throw new DataException(
          path + ": not an ONNX model, or a damaged or cut off one: " + e.getMessage(), e);
    }
  }
}

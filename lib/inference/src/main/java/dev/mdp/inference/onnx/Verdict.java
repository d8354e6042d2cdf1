package dev.mdp.inference.onnx;

import dev.mdp.core.event.Signal;
import java.util.List;
import java.util.Locale;

/// What became of one evaluation.
public sealed interface Verdict {
  record Scored(Signal signal) implements Verdict {}

  /// Not shown to the model.
  ///
  /// @param undefined the inputs that have no value yet
  record Skipped(List<String> undefined) implements Verdict {
    public Skipped {
      undefined = List.copyOf(undefined);
    }
  }

  record Failed(Reason reason, String message) implements Verdict {}

  /// Why the model gave nothing.
  enum Reason {
    /// Not within the deadline, or still busy with a batch that was not.
    TIMEOUT,
    /// The model or the runtime failed, or named a class that has no value.
    ERROR,
    /// The model's answer is not finite.
    NAN,
    /// The breaker is open: the model was not asked.
    OPEN;

    /// As in metrics: `timeout`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

package dev.mdp.inference.onnx;

import dev.mdp.core.event.Names;
import java.time.Duration;
import java.util.Map;

/// How a model is asked, and what its answers are called.
///
/// @param signal the signals' name
/// @param classes the value of a class by its name; a class that is a number needs none
/// @param deadline for one batch
/// @param failures this many failed batches in a row open the breaker
/// @param pause how long it stays open before a probe
public record ModelSettings(
    String signal, Map<String, Double> classes, Duration deadline, int failures, Duration pause) {
  public static final Duration DEFAULT_DEADLINE = Duration.ofMillis(200);
  public static final int DEFAULT_FAILURES = 3;
  public static final Duration DEFAULT_PAUSE = Duration.ofSeconds(10);

  public ModelSettings {
    Names.require("signal name", signal);
    classes = Map.copyOf(classes);
    if (!deadline.isPositive() || failures < 1 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "not a model's settings: " + deadline + ", " + failures + " failures, " + pause);
    }
  }

  public static ModelSettings of(String signal, Map<String, Double> classes, Duration deadline) {
    return new ModelSettings(signal, classes, deadline, DEFAULT_FAILURES, DEFAULT_PAUSE);
  }
}

package dev.mdp.pipeline.infer;

import dev.mdp.core.event.Signal;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.metrics.InferenceMetrics;
import dev.mdp.inference.onnx.ModelEvaluator;
import dev.mdp.inference.onnx.Verdict;
import dev.mdp.pipeline.EventTimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The evaluations since the last commit: the rules are asked at once, in the order of time; the
/// model, where there is one, in one batch before the commit. Where the model fails, the signals of
/// the rules stand, and say so. One thread.
final class PendingEvaluations {
  static final String RULES = "rules";
  static final String MODEL = "sklearn";

  private final Inference inference;
  private final InferenceMetrics metrics;
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<List<Signal>> ofRules = new ArrayList<>();
  private final List<Emitted> emitted = new ArrayList<>();
  private final Map<String, Long> fallbacks = new TreeMap<>();
  private long rulesNanos;
  private final EventTimeRange evaluated = new EventTimeRange();

  private record Emitted(Signal signal, String adapter) {}

  PendingEvaluations(Inference inference, InferenceMetrics metrics) {
    this.inference = inference;
    this.metrics = metrics;
  }

  /// Whether evaluations wait for a commit.
  boolean isWaiting() {
    return !evaluations.isEmpty();
  }

  /// @param knownFrom before this event time entries of the symbol's lane are missing
  void evaluate(SymbolEvaluation symbol, long end, long knownFrom) {
    long begun = System.nanoTime();
    Evaluation evaluation = symbol.evaluate(end, knownFrom);
    long computed = System.nanoTime();
    List<Signal> signals = new ArrayList<>();
    inference.rules().evaluate(evaluation, symbol.rules(), signals::add);
    rulesNanos += System.nanoTime() - computed;
    evaluations.add(evaluation);
    ofRules.add(signals);
    evaluated.observe(end);
    metrics.featuresUpdated(
        evaluation.symbol(), inference.features().every(), Duration.ofNanos(computed - begun));
    metrics.activeWindows(
        evaluation.symbol(), inference.features().activeWindows(evaluation.features()));
  }

  /// The signals of all evaluations that wait, in their order.
  List<Signal> answer() {
    emitted.clear();
    fallbacks.clear();
    if (evaluations.isEmpty()) {
      return List.of();
    }
    inference
        .model()
        .ifPresentOrElse(
            this::answerOfModel,
            () -> ofRules.forEach(signals -> signals.forEach(signal -> add(signal, RULES))));
    metrics.evaluated(RULES, Duration.ofNanos(rulesNanos));
    return emitted.stream().map(Emitted::signal).toList();
  }

  private void answerOfModel(ModelEvaluator model) {
    long begun = System.nanoTime();
    List<Verdict> verdicts = model.evaluate(evaluations);
    metrics.evaluated(MODEL, Duration.ofNanos(System.nanoTime() - begun));
    for (int i = 0; i < verdicts.size(); i++) {
      switch (verdicts.get(i)) {
        case Verdict.Scored scored -> add(scored.signal(), MODEL);
        case Verdict.Skipped _ -> fallbacks.merge("undefined", 1L, Long::sum);
        case Verdict.Failed failed -> {
          String reason = failed.reason().word();
          fallbacks.merge(reason, 1L, Long::sum);
          ofRules.get(i).forEach(signal -> add(fallback(signal, reason), RULES));
        }
      }
    }
  }

  /// Says in its meta why the model did not decide.
  private static Signal fallback(Signal signal, String reason) {
    Map<String, Object> meta = new TreeMap<>(signal.meta());
    meta.put("fallback", reason);
    return new Signal(
        signal.provider(),
        signal.symbol(),
        signal.tsMicros(),
        signal.name(),
        signal.value(),
        signal.score(),
        meta);
  }

  private void add(Signal signal, String adapter) {
    emitted.add(new Emitted(signal, adapter));
  }

  /// The times of the evaluations since the last commit.
  EventTimeRange evaluated() {
    return evaluated;
  }

  /// What was answered is committed.
  void committed() {
    for (Emitted each : emitted) {
      metrics.signalEmitted(each.signal().name(), each.adapter());
    }
    fallbacks.forEach((reason, times) -> metrics.inferenceFallback(MODEL, reason, times));
    evaluations.clear();
    ofRules.clear();
    emitted.clear();
    fallbacks.clear();
    rulesNanos = 0;
    evaluated.clear();
  }
}

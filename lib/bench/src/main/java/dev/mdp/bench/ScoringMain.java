package dev.mdp.bench;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.decimal.Decimals;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.features.FeatureSet;
import dev.mdp.features.SymbolFeatures;
import dev.mdp.features.window.Slice;
import dev.mdp.inference.onnx.ModelEvaluator;
import dev.mdp.inference.onnx.ModelExpectations;
import dev.mdp.inference.onnx.ModelSettings;
import dev.mdp.inference.onnx.OnnxModel;
import dev.mdp.inference.onnx.Verdict;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.inference.rules.RuleState;
import dev.mdp.testkit.onnx.Models;
import dev.mdp.testkit.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A JVM that evaluates the rules, and asks models about 500 symbols at a time, without any server.
/// Returns the nanoseconds of one rule, the 95th percentile of a batch in milliseconds, and the
/// kilobytes of one symbol's features.
final class ScoringMain {
  private static final int SYMBOLS = 500;
  private static final int BATCHES = 1_000;
  private static final int WARM_BATCHES = 500;

  private static final RuleSet RULES = InferParts.inference().rules();
  private static final List<String> FEATURES =
      RULES.features().stream().map(FeatureSpec::name).toList();

  private ScoringMain() {}

  public static void main(String[] given) throws IOException {
    List<Evaluation> evaluations = evaluations();
    Map<String, Object> answer = new TreeMap<>();
    answer.put("rule", ruleNanos(evaluations));
    answer.put("memory", symbolKilobytes(InferParts.inference().features()));
    answer.put(
        "memoryOfOne",
        symbolKilobytes(
            new FeatureSet(
                List.of(FeatureSpec.overHorizon("vwap_5m", FeatureKind.VWAP, Interval.parse("5m"))),
                WorkerParts.WINDOW)));
    answer.put("linear", batchMillis(Models.linear(FEATURES.size(), false), evaluations));
    answer.put("zipmap", batchMillis(Models.linear(FEATURES.size(), true), evaluations));
    answer.put("forest", batchMillis(Models.forest(100, 6, FEATURES.size()), evaluations));
    Child.answer(answer);
  }

  private static List<Evaluation> evaluations() {
    SplittableRandom random = new SplittableRandom(11);
    List<Evaluation> all = new ArrayList<>(SYMBOLS);
    for (int i = 0; i < SYMBOLS; i++) {
      double[] features = random.doubles(FEATURES.size(), -1, 1).toArray();
      all.add(new Evaluation("bench", "", new Symbol(BenchFeed.symbol(i)), 0, 100, features));
    }
    return all;
  }

  /// What one symbol holds when its longest horizon is full of slices.
  private static double symbolKilobytes(FeatureSet set) {
    int windows = (int) (set.horizon().micros() / set.every().micros()) + 20;
    double[] values = new double[set.names().size()];
    long before = usedBytes();
    List<SymbolFeatures> symbols = new ArrayList<>();
    for (int i = 0; i < SYMBOLS; i++) {
      SymbolFeatures symbol = set.forSymbol();
      for (int window = 0; window < windows; window++) {
        put(symbol, set, window, i);
        symbol.evaluate((window + 1) * set.every().micros(), values);
      }
      symbols.add(symbol);
    }
    double bytes = usedBytes() - before;
    if (symbols.stream().anyMatch(symbol -> Double.isNaN(symbol.price()))) {
      throw new IllegalStateException("a symbol without a price");
    }
    return bytes / SYMBOLS / 1_000;
  }

  private static void put(SymbolFeatures symbol, FeatureSet set, int window, int seed) {
    for (long start = window * set.every().micros();
        start < (window + 1) * set.every().micros();
        start += set.slice().micros()) {
      double price = 100 + (start / 1_000 + seed) % 97 / 100.0;
      DecimalSum volume = new DecimalSum();
      DecimalSum notional = new DecimalSum();
      volume.add(Decimals.shortest(100));
      notional.add(Decimals.shortest(price).multiply(Decimals.shortest(100)));
      symbol.put(new Slice(start, price, price, price, price, Double.NaN, 1, volume, notional));
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double ruleNanos(List<Evaluation> evaluations) {
    List<RuleState> states = evaluations.stream().map(_ -> RULES.newState()).toList();
    long signals = 0;
    long ts = 0;
    long begun = 0;
    for (int pass = 0; pass < WARM_BATCHES + BATCHES; pass++) {
      if (pass == WARM_BATCHES) {
        begun = System.nanoTime();
      }
      ts += BenchFeed.WINDOW_MICROS;
      long[] fired = new long[1];
      for (int i = 0; i < SYMBOLS; i++) {
        Evaluation each = evaluations.get((i + pass) % SYMBOLS);
        RULES.evaluate(
            new Evaluation(
                each.provider(), each.lane(), each.symbol(), ts, each.price() + i, each.features()),
            states.get(i),
            _ -> fired[0]++);
      }
      signals += fired[0];
    }
    double nanos = System.nanoTime() - begun;
    if (signals < (long) (WARM_BATCHES + BATCHES) * SYMBOLS) {
      throw new IllegalStateException("a rule that always fires did not: " + signals);
    }
    return nanos / BATCHES / SYMBOLS / RULES.size();
  }

  private static double batchMillis(OnnxGraph graph, List<Evaluation> evaluations)
      throws IOException {
    Path folder = Files.createTempDirectory("mdp-bench-model-");
    Path file = graph.write(folder);
    try (ModelEvaluator model =
        new ModelEvaluator(
            OnnxModel.open(
                file,
                new ModelExpectations(
                    FEATURES, FEATURES, Optional.empty(), ModelExpectations.DEFAULT_MAX_BYTES)),
            FEATURES,
            ModelSettings.of("model", Map.of(), Duration.ofSeconds(5)),
            Clock.systemUTC())) {
      long[] nanos = new long[BATCHES];
      for (int i = -WARM_BATCHES; i < BATCHES; i++) {
        long begun = System.nanoTime();
        List<Verdict> verdicts = model.evaluate(evaluations);
        if (i >= 0) {
          nanos[i] = System.nanoTime() - begun;
        }
        if (!verdicts.stream().allMatch(Verdict.Scored.class::isInstance)) {
          throw new IllegalStateException("the model gave " + verdicts.getFirst());
        }
      }
      Arrays.sort(nanos);
      return nanos[BATCHES * 95 / 100] / 1e6;
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }
}

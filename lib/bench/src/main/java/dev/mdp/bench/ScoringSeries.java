package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import java.util.List;
import java.util.Map;

/// What a rule and models take without any server.
record ScoringSeries(
    BenchSeries rule,
    BenchSeries linear,
    BenchSeries zipMap,
    BenchSeries forest,
    BenchSeries memory,
    BenchSeries memoryOfOne) {
  ScoringSeries() {
    this(
        new BenchSeries(),
        new BenchSeries(),
        new BenchSeries(),
        new BenchSeries(),
        new BenchSeries(),
        new BenchSeries());
  }

  void measure() {
    try (Child child = Child.start(ScoringMain.class, List.of("-Xmx256m"), Map.of())) {
      Map<String, String> result = child.result();
      rule.add(Double.parseDouble(WorkerParts.required(result, "rule")));
      linear.add(Double.parseDouble(WorkerParts.required(result, "linear")));
      zipMap.add(Double.parseDouble(WorkerParts.required(result, "zipmap")));
      forest.add(Double.parseDouble(WorkerParts.required(result, "forest")));
      memory.add(Double.parseDouble(WorkerParts.required(result, "memory")));
      memoryOfOne.add(Double.parseDouble(WorkerParts.required(result, "memoryOfOne")));
    }
  }

  void tell(BenchReport report) {
    report.figure("a rule, ns", rule, Goal.AT_MOST, 1_000);
    report.figure("linear model, p95 of 500 rows, ms", linear, Goal.AT_MOST, 5);
    report.figure("the same with ZipMap", zipMap, Goal.AT_MOST, 5);
    report.figure("100 trees of depth 6", forest, Goal.AT_MOST, 5);
    report.figure("a symbol of 8 features over 150 slices, kB", memory);
    report.figure("a symbol of vwap_5m over 150 slices, kB", memoryOfOne);
  }
}

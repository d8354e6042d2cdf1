package dev.mdp.bench;

import java.util.ArrayList;
import java.util.List;

/// One figure over all rounds, and what it cost. One thread.
final class BenchSeries {
  private final List<Double> values = new ArrayList<>();
  private final List<Double> own = new ArrayList<>();
  private final List<Double> redis = new ArrayList<>();
  private final List<Double> postgres = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /// @param events among which the processor time is divided
  void add(double value, Cpu.Times used, double events) {
    values.add(value);
    own.add(used.own() / 1e3 / events);
    redis.add(used.redis() / 1e3 / events);
    postgres.add(used.postgres() / 1e3 / events);
  }

  double median() {
    return median(values);
  }

  double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /// Processor time of our process for one event, in microseconds.
  double ownMicros() {
    return median(own);
  }

  double redisMicros() {
    return median(redis);
  }

  double postgresMicros() {
    return median(postgres);
  }

  /// How far the processor times of our process for one event lie from their middle, in percent of
  /// it.
  static BenchSeries spread(List<BenchSeries> all) {
    double least = all.stream().mapToDouble(BenchSeries::ownMicros).min().orElse(Double.NaN);
    double most = all.stream().mapToDouble(BenchSeries::ownMicros).max().orElse(Double.NaN);
    BenchSeries spread = new BenchSeries();
    spread.add(100 * (most - least) / (most + least));
    return spread;
  }

  boolean hasCost() {
    return !own.isEmpty();
  }

  List<Double> values() {
    return List.copyOf(values);
  }

  /// This one divided by another, round by round.
  BenchSeries over(BenchSeries other) {
    BenchSeries ratios = new BenchSeries();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return ratios;
  }

  private static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int size = sorted.size();
    return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}

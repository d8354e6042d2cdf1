package dev.mdp.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table of figures, printed part by part, and the verdict. One thread.
final class BenchReport {
  private static final String FORMAT = "%-46s %12s %12s %12s  %8s %8s %8s  %s%n";

  private final PrintStream out;
  private final List<String> differences = new ArrayList<>();
  private boolean anyVoid;

  BenchReport(PrintStream out) {
    this.out = out;
  }

  /// Which side of the goal is good.
  enum Goal {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Goal(String sign) {
      this.sign = sign;
    }

    boolean met(double value, double goal) {
      return this == AT_LEAST ? value >= goal : value <= goal;
    }
  }

  void title(String text) {
    out.println();
    out.println(text);
    out.printf(
        FORMAT,
        "figure",
        "median",
        "min",
        "max",
        "own",
        "redis",
        "postgres",
        "goal (own, redis, postgres: CPU µs an event)");
  }

  /// A line of words between the figures.
  void say(String text) {
    out.println(text);
    out.flush();
  }

  /// Takes note of a table that is not what the generator made: every figure until [#endOfPart] is
  /// void. Nothing when the text is empty.
  void difference(String text) {
    if (!text.isEmpty()) {
      differences.add(text);
      anyVoid = true;
    }
  }

  boolean anyVoid() {
    return anyVoid;
  }

  void endOfPart() {
    differences.forEach(difference -> out.println("VOID: " + difference));
    differences.clear();
  }

  /// A figure that only tells.
  void figure(String name, BenchSeries series) {
    line(name, series, "");
  }

  void figure(String name, BenchSeries series, Goal goal, double wanted) {
    String verdict = goal.met(series.median(), wanted) ? "met" : "NOT met";
    line(name, series, goal.sign + " " + number(wanted) + "  " + verdict);
  }

  private void line(String name, BenchSeries series, String goal) {
    boolean isVoid = !differences.isEmpty();
    out.printf(
        FORMAT,
        name,
        isVoid ? "VOID" : number(series.median()),
        isVoid ? "" : number(series.min()),
        isVoid ? "" : number(series.max()),
        cost(series, series.ownMicros()),
        cost(series, series.redisMicros()),
        cost(series, series.postgresMicros()),
        isVoid ? "" : goal);
    out.flush();
  }

  private static String cost(BenchSeries series, double micros) {
    return series.hasCost() ? String.format(Locale.ROOT, "%.2f", micros) : "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%,.0f" : "%.2f", value);
  }
}

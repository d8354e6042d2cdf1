package dev.mdp.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Bounds how many values a label may take: those past the limit become [#OTHER], so that strange
/// input cannot grow memory or the scrape without end. Thread-safe.
final class LabelLimits {
  static final String OTHER = "other";

  private static final int MAX_LENGTH = 100;

  private final int symbols;
  private final int others;
  private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

  /// @param symbols how many values of the label `symbol` are distinguished
  /// @param others how many of every other label
  LabelLimits(int symbols, int others) {
    this.symbols = symbols;
    this.others = others;
  }

  String bound(String label, String value) {
    Set<String> values = seen.computeIfAbsent(label, _ -> ConcurrentHashMap.newKeySet());
    String shown = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
    if (values.contains(shown)) {
      return shown;
    }
    if (values.size() >= (label.equals("symbol") ? symbols : others)) {
      return OTHER;
    }
    values.add(shown);
    return shown;
  }
}

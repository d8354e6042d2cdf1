package dev.mdp.telemetry;

import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All series of one metric: one meter for each combination of label values, made when first
/// counted, found again without building tags. Thread-safe.
final class MeterSeries<M> {
  private final LabelLimits limits;
  private final Function<Tags, M> register;
  private final Map<List<String>, M> meters = new ConcurrentHashMap<>();
  private volatile @Nullable Last<M> last;

  private record Last<M>(String[] labels, M meter) {}

  MeterSeries(LabelLimits limits, Function<Tags, M> register) {
    this.limits = limits;
    this.register = register;
  }

  /// @param labels names and values in turn
  M with(String... labels) {
    Last<M> known = last;
    if (known != null && Arrays.equals(known.labels, labels)) {
      return known.meter;
    }
    M meter = meters.get(Arrays.asList(labels)); // only what is within the limits is there
    if (meter == null) {
      meter = bounded(labels);
    }
    if (repeats(labels)) {
      last = new Last<>(labels.clone(), meter);
    }
    return meter;
  }

  /// Where symbols are not distinguished, the bars of a commit ask for the same series again and
  /// again.
  private static boolean repeats(String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (labels[i].equals("symbol")) {
        return false;
      }
    }
    return true;
  }

  private M bounded(String... labels) {
    String[] bounded = labels.clone();
    for (int i = 0; i < labels.length; i += 2) {
      bounded[i + 1] = limits.bound(labels[i], labels[i + 1]);
    }
    List<String> key = List.of(bounded);
    M meter = meters.get(key);
    return meter != null
        ? meter
        : meters.computeIfAbsent(key, _ -> register.apply(Tags.of(bounded)));
  }
}

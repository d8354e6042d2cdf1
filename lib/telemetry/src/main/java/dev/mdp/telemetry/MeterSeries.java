package dev.mdp.telemetry;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All series of one metric: one meter for each combination of label values, made when first
/// counted, found again without building tags. Thread-safe.
final class MeterSeries<M> {
  private final List<String> labels;
  private final LabelLimits limits;
  private final Function<Tags, M> register;
  private final Map<List<String>, M> meters = new ConcurrentHashMap<>();

  /// Where symbols are not told apart, the bars of a commit ask for the same series again and
  /// again.
  private final boolean repeats;

  private volatile @Nullable Last<M> last;

  private record Last<M>(String[] values, M meter) {}

  MeterSeries(List<String> labels, LabelLimits limits, Function<Tags, M> register) {
    this.labels = List.copyOf(labels);
    this.limits = limits;
    this.register = register;
    this.repeats = !labels.contains("symbol");
  }

  /// @param values one for each label, in the labels' order
  M with(String... values) {
    Last<M> known = last;
    if (known != null && Arrays.equals(known.values, values)) {
      return known.meter;
    }
    M meter = meters.get(Arrays.asList(values)); // only what is within the limits is there
    if (meter == null) {
      meter = bounded(values);
    }
    if (repeats) {
      last = new Last<>(values.clone(), meter);
    }
    return meter;
  }

  private M bounded(String... values) {
    List<String> bounded = new ArrayList<>(values.length);
    for (int i = 0; i < labels.size(); i++) {
      bounded.add(limits.bound(labels.get(i), values[i]));
    }
    M meter = meters.get(bounded);
    return meter != null ? meter : meters.computeIfAbsent(List.copyOf(bounded), this::make);
  }

  private M make(List<String> values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      tags.add(Tag.of(labels.get(i), values.get(i)));
    }
    return register.apply(Tags.of(tags));
  }
}

package dev.mdp.telemetry;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// All series of one metric: one meter for each combination of label values, made when first
/// counted, found again without building tags. Thread-safe.
final class Series<M> {
  private final List<String> labels;
  private final LabelLimits limits;
  private final Function<Tags, M> register;
  private final Map<List<String>, M> meters = new ConcurrentHashMap<>();

  Series(List<String> labels, LabelLimits limits, Function<Tags, M> register) {
    this.labels = List.copyOf(labels);
    this.limits = limits;
    this.register = register;
  }

  /// @param values one for each label, in the labels' order
  M with(String... values) {
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

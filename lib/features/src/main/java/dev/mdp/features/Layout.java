package dev.mdp.features;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.features.window.HorizonPlan;
import dev.mdp.features.window.ReturnsPlan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The windows and states that features need, each once, and each feature's place among them.
final class Layout {
  /// A year of 365 days, to which a volatility is scaled.
  private static final double YEAR_MICROS = 365 * 86_400e6;

  private final Interval every;
  private final SortedMap<Long, Set<FeatureKind>> horizons = new TreeMap<>();
  private final SortedMap<Integer, Integer> orders = new TreeMap<>();
  private final List<FeatureSpec> recursive = new ArrayList<>();
  private final List<FeatureColumn> columns;

  Layout(List<FeatureSpec> specs, Interval every) {
    this.every = every;
    specs.forEach(this::collect);
    columns = specs.stream().map(this::place).toList();
  }

  List<HorizonPlan> horizons() {
    return horizons.entrySet().stream()
        .map(each -> new HorizonPlan(each.getKey(), each.getValue()))
        .toList();
  }

  List<ReturnsPlan> returns() {
    return orders.entrySet().stream()
        .map(each -> new ReturnsPlan(each.getKey(), each.getValue()))
        .toList();
  }

  List<FeatureSpec> recursive() {
    return List.copyOf(recursive);
  }

  List<FeatureColumn> columns() {
    return columns;
  }

  private void collect(FeatureSpec spec) {
    int order = order(spec.kind());
    if (spec.horizon().isEmpty()) {
      recursive.add(spec);
    } else if (order == 0) {
      horizons
          .computeIfAbsent(spec.horizon().get().micros(), _ -> EnumSet.noneOf(FeatureKind.class))
          .add(spec.kind());
    } else {
      orders.merge(bars(spec, spec.horizon().get(), order + 1), order, Math::max);
    }
  }

  private int bars(FeatureSpec spec, Interval horizon, int atLeast) {
    long bars = horizon.micros() / every.micros();
    if (bars < atLeast) {
      throw new IllegalArgumentException(
          "%s: a %s over %s has %d whole evaluation windows of %s, want at least %d: a horizon of %s or more"
              .formatted(
                  spec.name(),
                  spec.kind().prefix(),
                  horizon,
                  bars,
                  every,
                  atLeast,
                  new Interval(every.micros() * atLeast)));
    }
    return Math.toIntExact(bars);
  }

  private FeatureColumn place(FeatureSpec spec) {
    if (spec.horizon().isEmpty()) {
      return new FeatureColumn(spec.kind(), recursive.indexOf(spec), 0, 1);
    }
    long horizon = spec.horizon().get().micros();
    if (order(spec.kind()) == 0) {
      return new FeatureColumn(spec.kind(), horizons.headMap(horizon).size(), horizon, 1);
    }
    boolean scaled = spec.kind() == FeatureKind.VOL && spec.annualize();
    return new FeatureColumn(
        spec.kind(),
        orders.headMap((int) (horizon / every.micros())).size(),
        horizon,
        scaled ? Math.sqrt(YEAR_MICROS / every.micros()) : 1);
  }

  /// The highest moment of the log returns that a kind needs; 0 when it needs none.
  private static int order(FeatureKind kind) {
    return switch (kind) {
      case VOL -> 2;
      case SKEW -> 3;
      case KURT -> 4;
      case VWAP, RET, RSI, MOM, OPEN, HIGH, LOW, CLOSE, VOLUME -> 0;
    };
  }
}

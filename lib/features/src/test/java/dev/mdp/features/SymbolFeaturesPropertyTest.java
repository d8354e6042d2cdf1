package dev.mdp.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Ticks arrive late and slices in any order, more than once, before and after restarts; each
/// evaluation must have the bits of one over all ticks that were known.
class SymbolFeaturesPropertyTest {
  private static final List<FeatureKind> KINDS = List.of(FeatureKind.values());

  @Test
  void everyEvaluationIsTheOneOfAllTicksKnownAtThatTime() {
    Property.check(1_000, choices -> new Run(choices).check());
  }

  private static final class Run {
    private final Choices choices;
    private final Interval every;
    private final List<FeatureSpec> specs;
    private final FeatureSet set;
    private final NaiveFeatures naive;
    private final int style;
    private final List<TestTick> known = new ArrayList<>();
    private SymbolFeatures features;
    private long lastEnd = Long.MIN_VALUE;

    Run(Choices choices) {
      this.choices = choices;
      every = Interval.ofMillis(choices.nextInt(1, 7));
      specs = specs();
      set = new FeatureSet(specs, every);
      naive = new NaiveFeatures(specs, every);
      features = set.forSymbol();
      style = choices.nextInt(4);
      choices.show("every", every);
      choices.show("features", specs);
    }

    void check() {
      List<Arrival> arrivals = arrivals();
      long end = every.end(arrivals.getFirst().tick.micros());
      long last = arrivals.stream().mapToLong(each -> each.tick.micros()).max().orElseThrow();
      while (end <= every.end(last)) {
        take(arrivals, end);
        if (hasTick(end)) {
          evaluate(end);
          if (choices.onceIn(10)) {
            restart();
          }
        }
        end += every.micros();
      }
    }

    private void evaluate(long end) {
      double[] values = new double[specs.size()];
      features.evaluate(end, values);
      lastEnd = end;

      double[] expected = naive.evaluate(end, known);

      for (int i = 0; i < values.length; i++) {
        assertThat(Double.doubleToLongBits(values[i]))
            .as("%s at %d: %s, want %s", specs.get(i).name(), end, values[i], expected[i])
            .isEqualTo(Double.doubleToLongBits(expected[i]));
      }
    }

    /// Learns what has arrived by now, and hands over the slices it is in, some of them half done.
    private void take(List<Arrival> arrivals, long end) {
      TreeSet<Long> changed = new TreeSet<>();
      while (!arrivals.isEmpty() && arrivals.getFirst().at < end) {
        TestTick tick = arrivals.removeFirst().tick;
        known.add(tick);
        changed.add(set.slice().start(tick.micros()));
        if (choices.onceIn(8)) {
          put(tick.micros());
        }
      }
      shuffled(List.copyOf(changed)).forEach(this::put);
    }

    private void put(long micros) {
      long start = set.slice().start(micros);
      features.put(TestSlices.at(start, set.slice(), known));
    }

    private void restart() {
      byte[] state = features.recursiveState();
      features = set.forSymbol();
      assertThat(features.restore(state)).isEmpty();
      long from = choices.onceIn(4) ? Long.MIN_VALUE : lastEnd - set.horizon().micros();
      TreeSet<Long> starts = new TreeSet<>();
      known.forEach(tick -> starts.add(set.slice().start(tick.micros())));
      shuffled(List.copyOf(starts.tailSet(from))).forEach(this::put);
    }

    private boolean hasTick(long end) {
      return known.stream()
          .anyMatch(tick -> tick.micros() < end && tick.micros() >= end - every.micros());
    }

    private <T> List<T> shuffled(List<T> items) {
      List<T> rest = new ArrayList<>(items);
      List<T> shuffled = new ArrayList<>();
      while (!rest.isEmpty()) {
        shuffled.add(rest.remove(choices.nextInt(rest.size())));
      }
      return shuffled;
    }

    private List<FeatureSpec> specs() {
      List<FeatureSpec> chosen = new ArrayList<>();
      int count = choices.nextInt(1, 9);
      int longest = choices.oneOf(List.of(3, 12, 40));
      for (int i = 0; i < count; i++) {
        FeatureKind kind = choices.oneOf(KINDS);
        String name = kind.prefix() + "_" + i;
        if (kind.extent() == FeatureKind.Extent.BARS) {
          chosen.add(FeatureSpec.overBars(name, kind, choices.nextInt(1, 6)));
        } else {
          boolean wantsReturns =
              kind == FeatureKind.VOL || kind == FeatureKind.SKEW || kind == FeatureKind.KURT;
          long least = wantsReturns ? 5 * every.micros() / 1_000 : 1;
          Interval horizon = Interval.ofMillis(least + choices.nextInt(longest));
          chosen.add(new FeatureSpec(name, kind, Optional.of(horizon), 0, choices.nextBoolean()));
        }
      }
      return chosen;
    }

    private List<Arrival> arrivals() {
      List<Arrival> arrivals = new ArrayList<>();
      int count = choices.nextInt(1, 60);
      long micros = 1_000_000;
      for (int i = 0; i < count; i++) {
        micros += step();
        arrivals.add(new Arrival(micros + delay(), new TestTick(micros, i, price(), size())));
      }
      arrivals.sort((left, right) -> Long.compare(left.at, right.at));
      return arrivals;
    }

    /// Late, or, of a clock that is ahead, early.
    private long delay() {
      return switch (choices.nextInt(10)) {
        case 0, 1 -> choices.nextInt(1, 90_000);
        case 2 -> -choices.nextInt(1, 10_000);
        default -> 0;
      };
    }

    private long step() {
      return switch (choices.nextInt(6)) {
        case 0 -> 0;
        case 1, 2 -> choices.nextInt(0, 1_500);
        case 3 -> 1_000 * choices.nextInt(1, 4);
        case 4 -> choices.nextInt(0, 8_000);
        default -> choices.onceIn(3) ? choices.nextInt(10_000, 50_000) : 500;
      };
    }

    private double price() {
      return switch (style) {
        case 0 -> decimal(100, 101, 2);
        case 1 -> decimal(1, 70_000, 8);
        case 2 -> choices.nextDouble() * Math.pow(10, choices.nextInt(-8, 12));
        default -> choices.nextInt(-2, 8);
      };
    }

    private double size() {
      return switch (choices.nextInt(4)) {
        case 0 -> 0;
        case 1 -> choices.nextInt(1, 1_000);
        default -> decimal(0, 2, style == 0 ? 2 : 8);
      };
    }

    private double decimal(double low, double high, int scale) {
      return BigDecimal.valueOf(low + choices.nextDouble() * (high - low))
          .setScale(scale, RoundingMode.HALF_UP)
          .doubleValue();
    }
  }

  /// @param at when it is known, µs on the same clock
  private record Arrival(long at, TestTick tick) {}
}

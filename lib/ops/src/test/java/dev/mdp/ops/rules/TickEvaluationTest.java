package dev.mdp.ops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.inference.rules.RuleState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TickEvaluationTest {
  private static final List<FeatureSpec> SPECS =
      List.of(
          over("vwap_9s", FeatureKind.VWAP),
          over("open_9s", FeatureKind.OPEN),
          over("high_9s", FeatureKind.HIGH),
          over("low_9s", FeatureKind.LOW),
          over("close_9s", FeatureKind.CLOSE),
          over("volume_9s", FeatureKind.VOLUME),
          over("ret_9s", FeatureKind.RET),
          FeatureSpec.overBars("mom_2", FeatureKind.MOM, 2));

  /// Windows of 2 s and horizons of 9 s: slices of 1 s.
  private static final FeatureSet FEATURES = new FeatureSet(SPECS, Interval.parse("2s"));

  private final List<Evaluation> evaluations = new ArrayList<>();
  private final TickEvaluation evaluation = new TickEvaluation(FEATURES, evaluations::add);

  @Test
  void evaluatesAtTheEndOfEachWindowWhoHasATickInIt() {
    evaluation.add(tick("SPY", 500, 1));
    evaluation.add(tick("AAPL", 1_999, 2));
    evaluation.add(tick("SPY", 2_000, 3));
    evaluation.add(tick("AAPL", 9_000, 4));
    evaluation.end();
    evaluation.end();

    assertThat(evaluations)
        .extracting(each -> each.symbol() + "@" + each.tsMicros() / 1_000 + "=" + each.price())
        .containsExactly("AAPL@2000=2.0", "SPY@2000=1.0", "SPY@4000=3.0", "AAPL@10000=4.0");
  }

  @Test
  void aPriceThatNeverMovesReclaimsNothing() {
    RuleSet rules =
        RuleSet.compile(
            List.of(
                RuleSpec.of(
                    "vwap_reclaimed",
                    SourceText.of("rules.yaml", "crosses_above(price, vwap)", 1, 1),
                    1),
                RuleSpec.of("off", SourceText.of("rules.yaml", "price != vwap", 1, 1), 1)),
            List.of());
    RuleState state = rules.newState();
    List<Signal> signals = new ArrayList<>();
    TickEvaluation constant =
        new TickEvaluation(
            new FeatureSet(rules.features(), Interval.parse("2s")),
            each -> rules.evaluate(each, state, signals::add));

    for (int i = 0; i < 4_000; i++) {
      constant.add(
          new Tick(
              "p",
              MarketEvent.LIVE,
              new Symbol("BTC"),
              i * 100_000L,
              i,
              105487.6,
              (i % 997 + 1) / 1e5,
              Tick.ABSENT,
              Tick.ABSENT,
              0));
    }
    constant.end();

    assertThat(signals).isEmpty();
  }

  @Test
  void computesWhatTheTicksOfTheHorizonGive() {
    Random random = new Random(11);
    List<Tick> ticks = new ArrayList<>();
    long millis = 0;
    for (int i = 0; i < 2_000; i++) {
      millis += random.nextInt(5) == 0 ? 1_000L * random.nextInt(4) : random.nextInt(700);
      millis = random.nextInt(6) == 0 ? millis - millis % 1_000 + 1_000 : millis;
      ticks.add(
          new Tick(
              "p",
              MarketEvent.LIVE,
              new Symbol("SPY"),
              millis * 1_000,
              i,
              100 + random.nextInt(50),
              random.nextInt(3),
              Tick.ABSENT,
              Tick.ABSENT,
              0));
    }

    ticks.forEach(evaluation::add);
    evaluation.end();

    assertThat(evaluations).hasSizeGreaterThan(100);
    for (int i = 0; i < evaluations.size(); i++) {
      Evaluation each = evaluations.get(i);
      long from = each.tsMicros() - 9_000_000;
      List<Tick> horizon =
          ticks.stream()
              .filter(tick -> tick.srcMicros() >= from && tick.srcMicros() < each.tsMicros())
              .toList();
      double[] prices = horizon.stream().mapToDouble(Tick::price).toArray();
      double volume = horizon.stream().mapToDouble(Tick::size).sum();
      double notional = horizon.stream().mapToDouble(tick -> tick.price() * tick.size()).sum();
      double reference =
          ticks.stream()
              .filter(tick -> tick.srcMicros() <= from)
              .reduce((_, last) -> last)
              .map(Tick::price)
              .orElse(Double.NaN);
      double[] want = {
        volume == 0 ? Double.NaN : notional / volume,
        prices[0],
        Arrays.stream(prices).max().orElseThrow(),
        Arrays.stream(prices).min().orElseThrow(),
        prices[prices.length - 1],
        volume,
        each.price() / reference - 1,
        i < 2 ? Double.NaN : each.price() / evaluations.get(i - 2).price() - 1
      };
      assertThat(each.features()).containsExactly(want, within(1e-12));
    }
  }

  @Test
  void refusesATickOfAWindowThatIsOver() {
    evaluation.add(tick("SPY", 2_500, 1));

    assertThatThrownBy(() -> evaluation.add(tick("SPY", 1_000, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a window that is over");
  }

  private static FeatureSpec over(String name, FeatureKind kind) {
    return FeatureSpec.overHorizon(name, kind, Interval.parse("9s"));
  }

  private static Tick tick(String symbol, long millis, double price) {
    return new Tick(
        "p",
        MarketEvent.LIVE,
        new Symbol(symbol),
        millis * 1_000,
        0,
        price,
        1,
        Tick.ABSENT,
        Tick.ABSENT,
        0);
  }
}

package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.rule.ExpectedSignal;
import dev.mdp.core.rule.RuleCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads one case of a [RulesTest].
final class RulesTestCase {
  private static final String EXPECT = "expect";
  private static final String SYMBOL = "symbol";

  private final Section section;
  private final String source;
  private final Interval every;

  RulesTestCase(Section section, String source, Interval every) {
    this.section = section;
    this.source = source;
    this.every = every;
  }

  RuleCase read() {
    String name = section.scalars().required("name", "", text -> text, "fires once");
    List<Tick> ticks = ticks();
    if (!section.isGiven(EXPECT)) {
      section.problem(EXPECT, "is missing: a list of {ts, name}, or [] when no rule must fire");
    }
    Set<Symbol> symbols = ticks.stream().map(Tick::symbol).collect(Collectors.toSet());
    List<ExpectedSignal> expected = new ArrayList<>();
    Map<List<Object>, Integer> lines = new HashMap<>();
    for (Section each : section.list(EXPECT)) {
      expected(each, symbols)
          .ifPresent(found -> {
            List<Object> identity = List.of(found.symbol(), found.tsMicros(), found.name());
            Integer first = lines.putIfAbsent(identity, each.line());
            if (first != null) {
              each.problem("name", "is expected twice (first in line " + first + ")");
            }
            expected.add(found);
          });
    }
    return new RuleCase(name, section.line(), ticks, expected);
  }

  private List<Tick> ticks() {
    List<Section> ticks = section.list("ticks");
    List<Section> bars = section.list("bars");
    if (ticks.isEmpty() == bars.isEmpty()) {
      section.problem(
          bars.isEmpty() ? "ticks" : "bars",
          bars.isEmpty()
              ? "is missing: a list of {ts, symbol, price}, or bars: a list of {ts, symbol, c}"
              : "a case has ticks or bars, not both");
    }
    RulesTestInput input = new RulesTestInput(every);
    ticks.forEach(input::tick);
    bars.forEach(input::bar);
    return input.ticks().stream()
        .sorted(Comparator.comparingLong(Tick::srcMicros).thenComparingLong(Tick::seq))
        .toList();
  }

  private Optional<ExpectedSignal> expected(Section each, Set<Symbol> symbols) {
    Optional<Long> ts = RulesTestInput.time(each, "ts");
    ts.filter(micros -> every.start(micros) != micros)
        .ifPresent(micros -> each.problem("ts", RulesTestInput.noBound(every, micros)));
    String name =
        each.scalars()
            .required("name", "", text -> Names.require("rule name", text), "momentum_up");
    Optional<Symbol> given = each.scalars().optional(SYMBOL, Symbol::of);
    OptionalDouble value = each.scalars().optionalDecimal("value");
    OptionalDouble score = each.scalars().optionalDecimal("score");
    if (!each.isGiven(SYMBOL) && symbols.size() > 1) {
      each.problem(SYMBOL, "is missing: the case has ticks of several symbols");
    }
    Optional<Symbol> symbol = given.or(() -> symbols.stream().findFirst());
    if (ts.isEmpty() || name.isEmpty() || symbol.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ExpectedSignal(source + ":" + each.line(), ts.get(), symbol.get(), name, value, score));
  }
}

package dev.mdp.config;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feature.FeatureSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A file that says which signals rules give for which ticks.
///
/// @param source its name in messages
/// @param rules the rules that are tested; empty for the configured ones
/// @param every the length of the evaluation windows
/// @param features empty for the configured ones
public record RulesTest(
    String source,
    Optional<Path> rules,
    Interval every,
    Optional<List<FeatureSpec>> features,
    List<Case> cases) {
  public RulesTest {
    features = features.map(List::copyOf);
    cases = List.copyOf(cases);
  }

  /// What goes in and what comes out; nothing is known when it begins.
  ///
  /// @param line where it begins in the file
  /// @param ticks distinct, in order of event time and `seq`
  public record Case(String name, int line, List<Tick> ticks, List<Expected> expected) {
    public Case {
      ticks = List.copyOf(ticks);
      expected = List.copyOf(expected);
    }
  }

  /// One signal that must come.
  ///
  /// @param place `file:line` of it
  /// @param tsMicros the end of the evaluation window
  /// @param value not compared when absent
  /// @param score not compared when absent
  public record Expected(
      String place,
      long tsMicros,
      Symbol symbol,
      String name,
      OptionalDouble value,
      OptionalDouble score) {}
}

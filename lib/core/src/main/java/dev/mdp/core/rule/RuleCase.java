package dev.mdp.core.rule;

import dev.mdp.core.event.Tick;
import java.util.List;

/// A test of rules: what goes in and what comes out; nothing is known when it begins.
///
/// @param line where it begins in its file
/// @param ticks distinct, in order of event time and `seq`
public record RuleCase(String name, int line, List<Tick> ticks, List<ExpectedSignal> expected) {
  public RuleCase {
    ticks = List.copyOf(ticks);
    expected = List.copyOf(expected);
  }
}

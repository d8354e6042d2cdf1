package dev.mdp.testkit.venue;

import dev.mdp.testkit.venue.Dialect.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds what a script asks for and would not get. Stateless.
final class ScriptCheck {
  private ScriptCheck() {}

  /// Throws [IllegalArgumentException] that names all of it.
  static void check(VenueKind kind, VenueScript script, Tape tape) {
    List<String> problems = new ArrayList<>();
    asked(script)
        .forEach((option, asked) -> {
          if (asked && !kind.dialect().has(option)) {
            problems.add(option + " has no meaning for " + kind);
          }
        });
    Set<String> unknown = new TreeSet<>(symbols(script));
    unknown.removeAll(tape.symbols());
    if (!unknown.isEmpty()) {
      problems.add("the tape has no " + unknown + " (it has: " + tape.symbols() + ")");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("script: " + String.join("; ", problems));
    }
  }

  private static Map<Option, Boolean> asked(VenueScript script) {
    StreamScript stream = script.stream();
    Map<Option, Boolean> asked = new LinkedHashMap<>();
    asked.put(Option.HEARTBEATS, script.life().heartbeatEvery != null);
    asked.put(Option.ZERO_HEADS, stream.zeroHeads);
    asked.put(Option.SNAPSHOTS, stream.snapshots);
    asked.put(Option.TRADES_PER_FRAME, stream.tradesPerFrame > 0);
    asked.put(Option.NEWEST_FIRST, stream.newestFirst);
    asked.put(Option.BLOCK_TRADES, stream.blockTradesEvery > 0);
    asked.put(Option.TIMES, stream.times != StreamScript.Times.AS_ASKED);
    asked.put(Option.WHOLE_TOKENS, script.rest().wholeTokens);
    asked.put(Option.INCLUSIVE_TOKENS, script.rest().inclusiveTokens);
    return asked;
  }

  /// Refused symbols need not be on the tape.
  private static Set<String> symbols(VenueScript script) {
    Set<String> symbols = new TreeSet<>(script.stream().silent);
    script.stream().prices.keySet().forEach(key -> symbols.add(key.symbol()));
    script.rest().prices.keySet().forEach(key -> symbols.add(key.symbol()));
    symbols.addAll(script.rest().keptFrom.keySet());
    for (VenueScript.Planned planned : script.faults()) {
      symbols.add(planned.symbol());
      if (planned.fault() instanceof Fault.Vanish(String vanishing)) {
        symbols.add(vanishing);
      }
    }
    return symbols;
  }
}

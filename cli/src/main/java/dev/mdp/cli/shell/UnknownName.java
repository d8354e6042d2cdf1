package dev.mdp.cli.shell;

import dev.mdp.core.error.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// How every command answers a name that does not exist (exit 2).
public final class UnknownName {
  private static final int NAMES_TOLD = 10;

  private UnknownName() {}

  /// `--symbol: unknown symbol 'SPYY' (available: AAPL, SPY) — did you mean 'SPY'?`
  public static String message(
      String option, String what, String name, Collection<String> available) {
    TreeSet<String> known = new TreeSet<>(available);
    List<String> some = known.stream().limit(NAMES_TOLD).toList();
    String names = some.isEmpty() ? "none" : String.join(", ", some);
    return "%s: unknown %s '%s' (available: %s%s)%s"
        .formatted(
            option,
            what,
            name,
            names,
            known.size() > NAMES_TOLD ? ", …" : "",
            Suggestions.phrase(name, known));
  }
}

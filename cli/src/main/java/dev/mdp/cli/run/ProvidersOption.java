package dev.mdp.cli.run;

import dev.mdp.core.event.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// `--provider A,B`: several producers in one process.
public final class ProvidersOption {
  private ProvidersOption() {}

  /// Throws `ParameterException` (exit 2) for a provider that is named twice, and for symbols that
  /// may be of any of several.
  ///
  /// @param symbols of `--symbols`
  public static void require(List<String> providers, List<Symbol> symbols, CommandSpec spec) {
    Set<String> seen = new HashSet<>();
    for (String provider : providers) {
      if (!seen.add(provider)) {
        throw new ParameterException(
            spec.commandLine(), "--provider: '" + provider + "' is named twice");
      }
    }
    if (providers.size() > 1 && !symbols.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--symbols: with several providers, name the symbols of each under producers.%s.symbols"
              .formatted(providers.getFirst()));
    }
  }
}

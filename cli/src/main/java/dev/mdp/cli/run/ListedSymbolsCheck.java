package dev.mdp.cli.run;

import dev.mdp.config.VenueConfig;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.SymbolCheck;
import dev.mdp.runtime.ListedSymbols;
import dev.mdp.runtime.WorkerContext;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Looks up the symbols of `--symbols` at their venue, before a worker starts with them.
public final class ListedSymbolsCheck {
  private ListedSymbolsCheck() {}

  /// Throws `ParameterException` (exit 2) with the nearest ones for what the venue does not list. A
  /// venue whose list cannot be had is no reason not to start: its stream says what it refuses.
  public static void require(
      CommandSpec spec, WorkerContext context, VenueConfig venue, List<Symbol> named) {
    if (named.isEmpty()) {
      return;
    }
    SymbolCheck check;
    try {
      check = ListedSymbols.of(venue, context.store(), context.clock());
    } catch (MdpException e) {
      context.say("note: the symbols were not looked up: " + e.getMessage());
      return;
    }
    List<String> unknown = check.unknown(named);
    if (!unknown.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--symbols: " + String.join("; ", unknown));
    }
    check.idle(named).forEach(context::warn);
  }
}

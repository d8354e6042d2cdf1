package dev.mdp.cli.shell;

import dev.mdp.core.event.Symbol;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// `--symbols A,B`.
public final class SymbolsOption {
  private SymbolsOption() {}

  /// Throws `ParameterException` (exit 2) for what is not a symbol.
  public static Symbol parse(String option, String text, CommandSpec spec) {
    try {
      return Symbol.of(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  /// Throws `ParameterException` (exit 2) for what is not a symbol.
  public static List<Symbol> parse(List<String> texts, CommandSpec spec) {
    return texts.stream().map(text -> parse("--symbols", text, spec)).toList();
  }
}

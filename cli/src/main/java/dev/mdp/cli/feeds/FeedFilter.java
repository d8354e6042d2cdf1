package dev.mdp.cli.feeds;

import dev.mdp.core.event.Symbol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--provider` and `--symbol` of a list of feeds.
final class FeedFilter {
  @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider.")
  @Nullable String provider;

  @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only this symbol.")
  @Nullable String symbol;

  Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  /// Throws `ParameterException` (exit 2) for what is not a symbol.
  Optional<String> symbol(CommandSpec spec) {
    try {
      return Optional.ofNullable(symbol).map(text -> Symbol.of(text).value());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbol: " + e.getMessage(), e);
    }
  }
}

package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Symbol;
import java.util.HashSet;
import java.util.List;

/// `producers.synthetic`: a seeded random walk.
///
/// @param tickRate ticks per second and symbol
/// @param priceVolatility relative volatility of the random walk
public record SyntheticConfig(
    boolean enabled, List<Symbol> symbols, double tickRate, double priceVolatility, long seed)
    implements ProviderConfig {
  public static final String NAME = "synthetic";

  private static final List<Symbol> SYMBOLS =
      List.of(new Symbol("SPY"), new Symbol("AAPL"), new Symbol("MSFT"));

  public SyntheticConfig {
    symbols = List.copyOf(symbols);
  }

  static SyntheticConfig read(Section section) {
    Scalars values = section.scalars();
    SyntheticConfig config =
        new SyntheticConfig(
            values.flag("enabled", true),
            section.lists().list("symbols", SYMBOLS, Symbol::of),
            values.decimal("tick_rate", 1.0, 0.001, 1_000_000),
            values.decimal("price_volatility", 0.02, 0, 10),
            values.whole("seed", 42, 0, Long.MAX_VALUE));
    if (config.enabled && config.symbols.isEmpty()) {
      section.problem("symbols", "must name at least one symbol, or set enabled: false");
    }
    if (new HashSet<>(config.symbols).size() < config.symbols.size()) {
      section.problem("symbols", "names a symbol twice");
    }
    return config;
  }

  @Override
  public String name() {
    return NAME;
  }
}

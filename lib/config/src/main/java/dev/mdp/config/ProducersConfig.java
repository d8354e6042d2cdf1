package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Symbol;
import java.util.HashSet;
import java.util.List;

/// `producers`: where live events come from.
public record ProducersConfig(Synthetic synthetic) {
  static ProducersConfig read(Section section) {
    return new ProducersConfig(Synthetic.read(section.section("synthetic")));
  }

  /// A seeded random walk.
  ///
  /// @param tickRate ticks per second and symbol
  /// @param priceVolatility relative volatility of the random walk
  public record Synthetic(
      boolean enabled, List<Symbol> symbols, double tickRate, double priceVolatility, long seed) {
    private static final List<Symbol> SYMBOLS =
        List.of(new Symbol("SPY"), new Symbol("AAPL"), new Symbol("MSFT"));

    public Synthetic {
      symbols = List.copyOf(symbols);
    }

    static Synthetic read(Section section) {
      Scalars values = section.scalars();
      Synthetic synthetic =
          new Synthetic(
              values.flag("enabled", true),
              values.list("symbols", SYMBOLS, Symbol::of),
              values.decimal("tick_rate", 1.0, 0.001, 1_000_000),
              values.decimal("price_volatility", 0.02, 0, 10),
              values.whole("seed", 42, 0, Long.MAX_VALUE));
      if (synthetic.enabled && synthetic.symbols.isEmpty()) {
        section.problem("symbols", "must name at least one symbol, or set enabled: false");
      }
      if (new HashSet<>(synthetic.symbols).size() < synthetic.symbols.size()) {
        section.problem("symbols", "names a symbol twice");
      }
      return synthetic;
    }
  }
}

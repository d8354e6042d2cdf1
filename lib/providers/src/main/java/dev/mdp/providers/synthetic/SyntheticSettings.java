package dev.mdp.providers.synthetic;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a [SyntheticSource] makes. Problems are reported all at once, by their key in
/// `producers.synthetic`.
///
/// @param provider the provider's name on the bus
/// @param lane empty for live
/// @param symbols at least one, none twice; their order does not matter
/// @param tickRate ticks per second and symbol, at most 6 decimals; times the number of symbols at
///   most [#MAX_TOTAL_RATE]
/// @param priceVolatility standard deviation of the log return over one day (86,400 s; this market
///   never closes): 0.02 is a quiet stock, 0.05 a lively coin
/// @param seed the same seed gives a symbol the same prices and sizes
/// @param limit how many ticks in all, over all symbols; [#NO_LIMIT] for no end
public record SyntheticSettings(
    String provider,
    String lane,
    List<Symbol> symbols,
    double tickRate,
    double priceVolatility,
    long seed,
    long limit,
    Pace pace) {
  public static final String DEFAULT_PROVIDER = "synthetic";
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /// Ticks per second of all symbols together, so that no two ticks share a microsecond.
  public static final double MAX_TOTAL_RATE = 1_000_000;

  static final double MIN_TICK_RATE = 0.000_001;
  static final double MAX_VOLATILITY = 10;

  public SyntheticSettings {
    symbols = List.copyOf(symbols);
    Problems problems = new Problems();
    checkNames(problems, provider, lane);
    checkSymbols(problems, symbols);
    checkRate(problems, tickRate, symbols.size());
    if (!(priceVolatility >= 0 && priceVolatility <= MAX_VOLATILITY)) {
      problems.add(
          "price_volatility",
          "must be from 0 to 10 (standard deviation of the log return over a day), was "
              + priceVolatility);
    }
    if (limit <= 0) {
      problems.add("limit", "must be positive, was " + limit);
    }
    problems.throwIfAny(ConfigException::new);
  }

  /// Live ticks by the clock, without an end.
  public static SyntheticSettings live(
      List<Symbol> symbols, double tickRate, double priceVolatility, long seed) {
    return new SyntheticSettings(
        DEFAULT_PROVIDER,
        "",
        symbols,
        tickRate,
        priceVolatility,
        seed,
        NO_LIMIT,
        new Pace.WallClock());
  }

  private static void checkNames(Problems problems, String provider, String lane) {
    if (!Names.isValid(provider)) {
      problems.add("provider", "not a provider name: '" + provider + "'");
    }
    if (!lane.isEmpty() && !Names.isValid(lane)) {
      problems.add("lane", "not a lane name: '" + lane + "'");
    }
  }

  private static void checkSymbols(Problems problems, List<Symbol> symbols) {
    if (symbols.isEmpty()) {
      problems.add("symbols", "at least one is needed, for example [SPY]");
    }
    Set<Symbol> seen = new HashSet<>();
    for (Symbol symbol : symbols) {
      if (!seen.add(symbol)) {
        problems.add("symbols", symbol + " is there twice");
      }
    }
  }

  private static void checkRate(Problems problems, double tickRate, int symbols) {
    if (!(tickRate >= MIN_TICK_RATE && tickRate <= MAX_TOTAL_RATE)) {
      problems.add(
          "tick_rate", "must be from 0.000001 to 1000000 ticks per second, was " + tickRate);
    } else if (!Schedule.isExact(tickRate)) {
      problems.add("tick_rate", "at most 6 decimals, was " + tickRate);
    } else if (tickRate * symbols > MAX_TOTAL_RATE) {
      problems.add(
          "tick_rate",
          "%s times %d symbols is more than 1000000 ticks per second".formatted(tickRate, symbols));
    }
  }
}

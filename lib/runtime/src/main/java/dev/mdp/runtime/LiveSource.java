package dev.mdp.runtime;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.source.EventSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A provider's live events, ready to be sent.
///
/// @param provider the provider's name on the bus
/// @param skipped how many events were never made because nothing could be sent
/// @param skippedWords the same for the operator, with when they were due
public record LiveSource(
    String provider,
    List<Symbol> symbols,
    EventSource events,
    LongSupplier skipped,
    Supplier<String> skippedWords) {

  public LiveSource {
    symbols = List.copyOf(symbols);
  }

  /// What a command line says in place of the configuration.
  ///
  /// @param symbols empty for the configured ones
  /// @param rate events per second and symbol
  /// @param limit how many events in all
  public record Overrides(
      List<Symbol> symbols, OptionalDouble rate, OptionalLong seed, OptionalLong limit) {
    public static final Overrides NONE =
        new Overrides(
            List.of(), OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty());

    public Overrides {
      symbols = List.copyOf(symbols);
    }
  }
}

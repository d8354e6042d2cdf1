package dev.mdp.providers.history;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.util.List;

/// Which stored rows are read, and the lane they are sent in.
///
/// @param symbols empty for all
/// @param fromMicros inclusive; [Micros#MIN] for the beginning
/// @param toMicros exclusive; [Micros#MAX] for the end
/// @param lane the run's lane; never empty, so that history does not disturb live windows
public record HistoryRange(
    String provider, List<Symbol> symbols, long fromMicros, long toMicros, String lane) {
  public HistoryRange {
    symbols = List.copyOf(symbols);
    if (!Names.isValid(provider)) {
      throw new ConfigException("not a provider name: '" + provider + "'");
    }
    if (!Names.isValid(lane)) {
      throw new ConfigException(
          "stored history is always read into a lane: '" + lane + "' is not a lane name");
    }
    if (fromMicros >= toMicros) {
      throw new ConfigException(
          "--from %s is not before --to %s"
              .formatted(Micros.format(fromMicros), Micros.format(toMicros)));
    }
  }
}

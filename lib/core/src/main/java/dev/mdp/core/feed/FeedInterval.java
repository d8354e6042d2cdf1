package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.util.Locale;

/// A time in which a series was in one state that its ticks cannot tell.
///
/// @param fromMicros its beginning, and with symbol its identity
/// @param toMicros how far it reaches, as it is known now; exclusive
public record FeedInterval(Symbol symbol, State state, long fromMicros, long toMicros) {
  /// What a series was to this process.
  public enum State {
    /// The venue had confirmed it, and its signs of life came.
    LIVE,
    /// Not connected, or not confirmed yet.
    DOWN,
    /// No one wanted it.
    UNSUBSCRIBED,
    /// The venue said that it does not trade.
    HALTED,
    /// The venue refused it.
    REFUSED;

    /// The word in tables and JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Throws [IllegalArgumentException] for what is not a state's word.
    public static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}

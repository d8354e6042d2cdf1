package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import java.util.List;

/// What a venue lists. Thread-safe.
public interface Instruments {
  /// Something that can be subscribed at a venue.
  ///
  /// @param trading whether it trades now
  /// @param status in the venue's own word
  record Instrument(Symbol symbol, boolean trading, String status) {}

  /// All that the venue lists now and that can be a symbol of ours, by symbol. Throws
  /// [dev.mdp.core.error.RateLimitedException], [dev.mdp.core.error.UnavailableException] and
  /// [dev.mdp.core.error.ConfigException] as [dev.mdp.core.feed.HistoryFeed] does.
  List<Instrument> list();
}

package dev.mdp.core.source;

import dev.mdp.core.event.MarketEvent;
import java.time.Duration;
import java.util.List;

/// Where events come from: a live feed, a file, a range of the store. One thread at a time.
///
/// The same source read twice gives every event the same identity.
public interface EventSource extends AutoCloseable {
  /// The next events that are due, at most `max`, in the order in which they are to be sent; empty
  /// when none is due now or the source is exhausted. Throws [dev.mdp.core.error.DataException]
  /// naming file and line for bad input.
  List<MarketEvent> next(int max);

  /// Whether no event will ever come again.
  boolean exhausted();

  /// How long until the next event may be due; zero when one is due now or the source does not pace
  /// itself.
  Duration untilNext();

  @Override
  void close();
}

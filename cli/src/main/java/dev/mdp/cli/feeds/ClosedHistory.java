package dev.mdp.cli.feeds;

import dev.mdp.config.ProducersConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.feed.FeedStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Until when the venue of a provider is not to be asked for past trades, where the configuration
/// says which one that is.
record ClosedHistory(ProducersConfig producers, List<FeedStatus.Closed> closed) {
  /// Empty when it may be asked.
  Optional<Instant> until(String provider) {
    if (!producers.names().contains(provider)
        || !(producers.of(provider) instanceof VenueConfig venue)) {
      return Optional.empty();
    }
    return closed.stream()
        .filter(each -> each.host().equals(venue.rest().getHost()))
        .map(FeedStatus.Closed::until)
        .max(Comparator.naturalOrder());
  }
}

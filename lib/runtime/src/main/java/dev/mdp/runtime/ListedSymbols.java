package dev.mdp.runtime;

import dev.mdp.config.VenueConfig;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.net.SymbolCheck;
import dev.mdp.store.PostgresStore;
import java.time.InstantSource;

/// Which symbols a venue lists.
public final class ListedSymbols {
  private ListedSymbols() {}

  /// Asks the venue. Throws what [dev.mdp.providers.net.Instruments#list] does.
  ///
  /// @param store has the budget of requests that all processes share
  public static SymbolCheck of(VenueConfig config, PostgresStore store, InstantSource clock) {
    return of(config, FeedFactory.requests(config, store).live(), clock);
  }

  static SymbolCheck of(VenueConfig config, RequestBudget budget, InstantSource clock) {
    try (RestClient rest = FeedFactory.rest(config.type(), budget, clock)) {
      return new SymbolCheck(config.name(), FeedFactory.instruments(config, rest).list());
    }
  }
}

package dev.mdp.testkit.venue;

import java.time.Duration;

/// What a venue answers over REST. Thread-safe.
interface VenueRest {
  /// What the request costs, in the venue's own measure.
  int weight(VenueRequest request);

  /// The good answer, or the venue's error for what the client did wrong.
  Answer answer(VenueRequest request);

  /// To a request that is one too many.
  Answer tooMany(Duration wait);

  /// To a client that did not stop then.
  Answer banned(Duration wait);

  /// HTTP 200 with an error in it.
  Answer errorInBody();

  /// Adds what the venue says of the client's budget.
  ///
  /// @param used weight in the window so far
  Answer withUsage(Answer answer, int used);
}

package dev.mdp.providers.net;

import dev.mdp.core.feed.RequestBudget;
import java.util.concurrent.Executor;

/// What all connections of one feed share.
///
/// @param dialer runs what waits for a connection
/// @param connects what connections are taken from, one each
/// @param arrivals from all connections to the feed's thread
/// @param said what the caller gets
record FeedRuntime(
    VenueDialect dialect,
    VenueLimits limits,
    WireConnector connector,
    Executor dialer,
    RequestBudget connects,
    FeedTime time,
    FrameQueue<Session> arrivals,
    Announcements said) {

  void arrived(Arrival<Session> event) {
    arrivals.add(event);
    time.wake();
  }
}

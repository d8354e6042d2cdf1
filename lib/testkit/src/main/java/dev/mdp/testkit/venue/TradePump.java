package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Hands a connection's trades to its stream, as they are released. One thread.
final class TradePump {
  private static final int AT_ONCE = 256;

  private final Session session;
  private final VenueStream stream;
  private final Consumer<Fault> due;
  private final Slice slice = new Slice(AT_ONCE);
  private final Noise noise;

  /// Where in the market's sequence the connection is.
  private int place;

  /// @param place where it begins in the market's sequence
  /// @param due takes the faults whose trade has gone by
  TradePump(Session session, VenueStream stream, int place, Consumer<Fault> due) {
    this.session = session;
    this.stream = stream;
    this.due = due;
    this.noise = new Noise(session, stream);
    this.place = place;
  }

  /// Sends some of what is there, and nothing more after a trade that has a fault; returns whether
  /// there may be more.
  boolean send() throws IOException {
    Market market = session.stage().market();
    if (session.subscriptions().isEmpty()) {
      place = market.size();
      return false;
    }
    market.read(place, slice);
    boolean faulty = false;
    int sent = 0;
    while (sent < slice.size() && !faulty) {
      faulty = pass(slice.listing(sent), slice.index(sent), place + sent);
      sent++;
    }
    stream.flush();
    place += sent;
    return sent > 0;
  }

  /// Returns whether a fault is due.
  private boolean pass(Listing listing, int index, int at) throws IOException {
    Subscription subscription = session.get(listing.symbol());
    if (subscription == null || !subscription.includes(at)) {
      return false;
    }
    subscription.pass(index);
    long id = listing.series().id(index);
    boolean isSent = !session.skipsNext() && !isDropped(id) && !session.isSilent(listing.symbol());
    if (isSent) {
      stream.trade(subscription, index);
      noise.afterTrade();
    }
    List<Fault> faults = session.stage().faults().due(listing.symbol(), id);
    faults.forEach(due);
    return !faults.isEmpty();
  }

  private boolean isDropped(long id) {
    int every = session.script().dropEvery;
    return every > 0 && id % every == 0;
  }
}

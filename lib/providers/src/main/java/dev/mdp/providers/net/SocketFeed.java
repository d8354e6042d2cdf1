package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.TradeIds;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/// A venue's live trades over WebSockets, in the venue's dialect. What comes is queued by the
/// sockets' threads, and read, with everything else, by the thread that polls: one at a time.
///
/// A symbol that the venue neither confirms nor refuses is asked for again on a new connection, and
/// refused after four times, but only while others are confirmed: a venue that confirms nothing is
/// not well, and is connected to again, with backoff, for as long as it takes.
public final class SocketFeed implements LiveFeed {
  /// How much of what came may wait to be polled.
  private static final long QUEUE_BYTES = 32L << 20;

  private static final Duration MOST_WAIT = Duration.ofHours(1);

  private final VenueDialect dialect;
  private final FeedTime time;
  private final FrameQueue<Session> arrivals;
  private final Announcements said = new Announcements();
  private final FrameReader reader;
  private final Slots slots;
  private boolean closed;

  /// Has the venue's limit of connections for itself.
  public SocketFeed(VenueDialect dialect, WireConnector connector, FeedTime time, long seed) {
    this(
        dialect,
        connector,
        new LocalBudget(dialect.limits().connects(), dialect.limits().connectWindow(), time),
        time,
        seed);
  }

  /// @param connects what each connection takes 1 of, by the venue's host; asked by the thread that
  ///   polls
  /// @param seed of the backoff's jitter; another one for each process
  public SocketFeed(
      VenueDialect dialect,
      WireConnector connector,
      RequestBudget connects,
      FeedTime time,
      long seed) {
    this(dialect, connector, connects, time, seed, QUEUE_BYTES, SocketFeed::dial);
  }

  SocketFeed(
      VenueDialect dialect,
      WireConnector connector,
      RequestBudget connects,
      FeedTime time,
      long seed,
      long queueBytes,
      Executor dialer) {
    this.dialect = dialect;
    this.time = time;
    this.arrivals = new FrameQueue<>(queueBytes);
    FeedRuntime runtime =
        new FeedRuntime(
            dialect, dialect.limits(), connector, dialer, connects, time, arrivals, said);
    this.reader = new FrameReader(runtime);
    this.slots = new Slots(runtime, new SplittableRandom(seed));
  }

  private static void dial(Runnable connect) {
    Thread.ofVirtual().name("feed-connect").start(connect);
  }

  @Override
  public String provider() {
    return dialect.provider();
  }

  @Override
  public TradeIds ids() {
    return dialect.ids();
  }

  @Override
  public void subscribe(Set<Symbol> symbols) {
    if (!closed) {
      slots.want(symbols);
    }
  }

  @Override
  public int poll(int max, Duration wait, FeedListener into) {
    if (closed) {
      return 0;
    }
    long end = time.nanos() + (wait.compareTo(MOST_WAIT) < 0 ? wait : MOST_WAIT).toNanos();
    int handed = said.handOn(into, 0);
    while (true) {
      long next = slots.turn(time.nanos());
      handed += said.handOn(into, handed);
      boolean came = false;
      while (handed < max && readOne()) {
        came = true;
        handed += said.handOn(into, handed);
      }
      long now = time.nanos();
      if (handed > 0 || now >= end || Thread.currentThread().isInterrupted()) {
        return handed;
      }
      if (!came) {
        time.await(Duration.ofNanos(Math.max(0, Math.min(end, next) - now)));
      }
    }
  }

  @Override
  public void renew(Symbol symbol) {
    slots.renew(symbol, time.nanos());
  }

  private boolean readOne() {
    Arrival<Session> arrival = arrivals.take();
    if (arrival == null) {
      return false;
    }
    take(arrival, time.nanos());
    return true;
  }

  private void take(Arrival<Session> arrival, long now) {
    Session from = arrival.from();
    switch (arrival) {
      case Arrival.Opened<Session> _ -> from.slot().opened(from, now);
      case Arrival.Failed<Session> failed -> from.slot().failed(from, failed.error(), now);
      case Arrival.Text<Session> text -> reader.read(from, text.frame(), now);
      case Arrival.Garbled<Session> garbled ->
          said.notice(new FeedNotice.Unreadable(garbled.detail()));
      case Arrival.Ended<Session> ended ->
          from.slot().ended(from, ended.cause(), ended.detail(), now);
    }
  }

  @Override
  public void close() {
    closed = true;
    slots.end("no longer wanted");
  }
}

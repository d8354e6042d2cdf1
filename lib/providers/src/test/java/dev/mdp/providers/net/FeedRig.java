package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.FeedNotice.Disconnected;
import dev.mdp.testkit.feed.FeedLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A [SocketFeed] in virtual time before a [ScriptedVenue]. One thread.
final class FeedRig {
  static final Symbol A = new Symbol("A");
  static final Symbol B = new Symbol("B");
  static final Symbol C = new Symbol("C");

  final VirtualTime time = new VirtualTime();
  final ScriptedVenue venue = new ScriptedVenue(time);
  final FeedLog log = new FeedLog();
  final LocalBudget connects;
  final SocketFeed feed;

  FeedRig() {
    this(new LineDialect(LineDialect.LIMITS, 10));
  }

  FeedRig(Optional<Duration> maxAge, int symbolsPerConnection) {
    this(new LineDialect(LineDialect.limits(maxAge, symbolsPerConnection), 10));
  }

  FeedRig(VenueDialect dialect) {
    this(dialect, 1 << 20);
  }

  FeedRig(VenueDialect dialect, long queueBytes) {
    VenueLimits limits = dialect.limits();
    connects = new LocalBudget(limits.connects(), limits.connectWindow(), time);
    feed = new SocketFeed(dialect, venue, connects, time, 42, queueBytes, Runnable::run);
  }

  /// Polls for this long.
  void run(Duration duration) {
    long end = time.nanos() + duration.toNanos();
    while (time.nanos() < end) {
      feed.poll(1_000, Duration.ofNanos(end - time.nanos()), log);
    }
  }

  void subscribe(Symbol... symbols) {
    feed.subscribe(Set.of(symbols));
    run(Duration.ofSeconds(1));
  }

  MemorySocket socket() {
    return venue.open().getLast();
  }

  List<Cause> ends() {
    return log.notices(Disconnected.class).stream().map(Disconnected::cause).toList();
  }

  List<String> details() {
    return log.notices(Disconnected.class).stream().map(Disconnected::detail).toList();
  }

  /// How many of these moments are in the fullest window, both of its ends included.
  static int fullest(List<Long> moments, Duration window) {
    List<Long> sorted = moments.stream().sorted().toList();
    int most = 0;
    int from = 0;
    for (int to = 0; to < sorted.size(); to++) {
      while (sorted.get(to) - sorted.get(from) > window.toNanos()) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  static Set<Long> distinct(List<Long> ids) {
    return new TreeSet<>(ids);
  }
}

package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import dev.mdp.testkit.venue.Fault;
import dev.mdp.testkit.venue.RestFault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Lets venues misbehave. What lasts is taken back by the timer. One thread, except for the
/// timer's.
final class VenueFaults {
  private static final int LARGEST_PAGE = 1_000;

  private final List<LiveVenue> venues;
  private final Random random;
  private final ScheduledExecutorService timer;

  VenueFaults(List<LiveVenue> venues, Random random, ScheduledExecutorService timer) {
    this.venues = venues;
    this.random = random;
    this.timer = timer;
  }

  /// All connections end, in one of the ways in which they do.
  String cut() {
    LiveVenue venue = any();
    Fault fault =
        switch (random.nextInt(6)) {
          case 0 -> Fault.close(1001, "Going away");
          case 1 -> Fault.close(1008, "Policy violation");
          case 2 -> Fault.close(1012, "Service restart");
          case 3 -> Fault.shutdown(Duration.ofMillis(200 + random.nextInt(2_000)));
          case 4 -> Fault.halfFrame();
          default -> Fault.cut();
        };
    venue.venue().inject(fault);
    return venue.provider() + ": " + fault;
  }

  /// The connections stay and bring nothing more.
  String silence() {
    LiveVenue venue = any();
    Fault fault = random.nextBoolean() ? Fault.mute() : Fault.freeze();
    venue.venue().inject(fault);
    return venue.provider() + ": " + fault;
  }

  /// Some of the next trades are not sent; now and then more than a page of the history has.
  String drop() {
    LiveVenue venue = any();
    int trades = 1 + random.nextInt(random.nextInt(4) == 0 ? 2 * LARGEST_PAGE : 30);
    venue.venue().inject(Fault.skip(trades));
    return venue.provider() + ": the next " + trades;
  }

  /// The history is not to be had for a while.
  String overload() {
    LiveVenue venue = any();
    RestFault fault =
        switch (random.nextInt(7)) {
          case 0 -> RestFault.tooMany(Duration.ofSeconds(1 + random.nextInt(3)));
          case 1 -> RestFault.banned(Duration.ofSeconds(1 + random.nextInt(5)));
          case 2 -> RestFault.unavailable();
          case 3 -> RestFault.errorInBody();
          case 4 -> RestFault.htmlInBody();
          case 5 -> RestFault.stall();
          default -> RestFault.cut();
        };
    long millis = 500 + random.nextInt(7_500);
    venue.venue().failRest(fault);
    timer.schedule(venue.venue()::healRest, millis, TimeUnit.MILLISECONDS);
    return "%s: %s for %d ms".formatted(venue.provider(), fault, millis);
  }

  /// No connection comes about for a while.
  String outage() {
    LiveVenue venue = any();
    long millis = 300 + random.nextInt(6_000);
    venue.venue().outage(true);
    timer.schedule(() -> venue.venue().outage(false), millis, TimeUnit.MILLISECONDS);
    return venue.provider() + " for " + millis + " ms";
  }

  /// Takes back what still lasts.
  void heal() {
    for (LiveVenue each : venues) {
      each.venue().outage(false);
      each.venue().healRest();
    }
  }

  private LiveVenue any() {
    return venues.get(random.nextInt(venues.size()));
  }
}

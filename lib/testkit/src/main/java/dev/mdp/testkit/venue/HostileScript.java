package dev.mdp.testkit.venue;

import dev.mdp.testkit.venue.Dialect.Option;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Makes up scripts with some of everything that a client has to survive: after all of it the venue
/// still has every trade, and tells when it is asked. One thread.
public final class HostileScript {
  private final SplittableRandom random;
  private final Dialect dialect;

  private HostileScript(SplittableRandom random, Dialect dialect) {
    this.random = random;
    this.dialect = dialect;
  }

  /// Equal arguments give equal scripts.
  public static VenueScript of(long seed, VenueKind kind, Tape tape) {
    HostileScript made = new HostileScript(new SplittableRandom(seed), kind.dialect());
    VenueScript script =
        VenueScript.calm().seeded(seed).life(made::life).stream(made::stream)
            .wire(made::wire)
            .rest(made::rest);
    for (Series series : tape.all()) {
      for (int i = made.random.nextInt(5); i > 0 && series.size() > 0; i--) {
        long id = series.id(made.random.nextInt(series.size()));
        script = script.at(series.symbol(), id, made.fault());
      }
    }
    return script;
  }

  private LifeScript life(LifeScript life) {
    return life.pings(millis(100, 500))
        .pongWithin(millis(2_000, 4_000))
        .policyCloses(random.nextInt(3))
        .deafConnects(random.nextInt(2));
  }

  private StreamScript stream(StreamScript from) {
    StreamScript stream = from.dropEvery(sometimes(2, 50)).noiseEvery(sometimes(3, 40));
    if (has(Option.SNAPSHOTS)) {
      stream = stream.snapshots();
    }
    if (has(Option.TRADES_PER_FRAME)) {
      stream = stream.tradesPerFrame(random.nextInt(2, 30));
    }
    if (has(Option.NEWEST_FIRST)) {
      stream = stream.newestFirst();
    }
    if (has(Option.ZERO_HEADS)) {
      stream = stream.zeroHeads();
    }
    return has(Option.BLOCK_TRADES) ? stream.blockTradesEvery(random.nextInt(2, 30)) : stream;
  }

  private WireScript wire(WireScript wire) {
    return switch (random.nextInt(5)) {
      case 0 -> wire.fragments(random.nextInt(2, 200));
      case 1 -> wire.singleBytes();
      case 2 -> wire.gathered(random.nextInt(100, 60_000));
      case 3 -> wire.big(random.nextInt(20, 200), 1 << 20);
      default -> wire;
    };
  }

  private RestScript rest(RestScript from) {
    RestScript rest = from;
    if (random.nextBoolean()) {
      rest = rest.lag(millis(100, 1_500));
    }
    if (has(Option.INCLUSIVE_TOKENS)) {
      rest = rest.inclusiveTokens();
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      rest = rest.fault(random.nextInt(1, 40), restFault());
    }
    return rest;
  }

  private RestFault restFault() {
    return one(
        List.of(
            () -> RestFault.tooMany(Duration.ofSeconds(1)),
            () -> RestFault.banned(Duration.ofSeconds(2)),
            RestFault::unavailable,
            RestFault::errorInBody,
            RestFault::htmlInBody,
            RestFault::stall,
            RestFault::cut));
  }

  private Fault fault() {
    return one(
        List.of(
            () -> Fault.close(1001, "Going away"),
            () -> Fault.close(1008, "Policy violation"),
            () -> Fault.close(1012, "Service restart"),
            () -> Fault.shutdown(millis(100, 1_000)),
            Fault::mute,
            Fault::freeze,
            Fault::cut,
            Fault::halfFrame));
  }

  private <T> T one(List<Supplier<T>> choices) {
    return choices.get(random.nextInt(choices.size())).get();
  }

  private boolean has(Option option) {
    return dialect.has(option) && random.nextInt(3) == 0;
  }

  /// A number of the range, or 0.
  private int sometimes(int from, int to) {
    return random.nextBoolean() ? random.nextInt(from, to) : 0;
  }

  private Duration millis(int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to));
  }
}

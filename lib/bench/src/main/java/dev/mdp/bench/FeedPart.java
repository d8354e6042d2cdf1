package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.bench.venue.LiveVenue;
import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.TapeBuilder;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// (v): live feeds of a venue's double in this process, read by a fresh JVM.
final class FeedPart {
  private static final int OFFERED = 102_000;
  private static final int SYMBOLS = 10;
  private static final int MANY_SYMBOLS = 1_000;
  private static final int CALM_RATE = 300;
  private static final double PAGES_A_MINUTE = 6_000 / 25.0;
  private static final int PAGE = 1_000;
  private static final double OUTAGE_SECONDS = 2;

  /// Trades after a hole wait this long for it at most, and are not counted.
  private static final double HELD_SECONDS = 6;

  private static final List<String> HEAP = List.of("-Xmx256m");
  private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC");

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private int topics;

  FeedPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
  }

  void run() throws SQLException {
    report.title("(v) live feeds: a venue's double on this machine -> Redis, fresh JVM");
    new DecodePart(options, report).run();
    busAndReconnect();
    memory();
    refill();
  }

  private void busAndReconnect() throws SQLException {
    BenchSeries bare = new BenchSeries();
    BenchSeries reached = new BenchSeries();
    BenchSeries again = new BenchSeries();
    for (int round = 0; round < options.rounds(); round++) {
      bare.add(BarePublish.perSecond(rig.redisUri(), topic(), options.events() / 3));
      long trades = (long) offered() * options.seconds();
      Tape tape = tape(SYMBOLS, trades + (long) CALM_RATE * 120);
      try (FakeVenue venue = new FakeVenue(VenueKind.BINANCE, tape, VenueScript.calm()).start();
          FeedChild child = FeedChild.start(rig, topic(), venue, names(SYMBOLS), HEAP)) {
        reached(venue, child, reached);
        again.add(reconnect(venue, child));
      }
    }
    report.figure("bare publish of made trades, trades/s", bare);
    report.figure(
        "%,d/s offered: trades/s on the bus".formatted(offered()), reached, Goal.AT_LEAST, 100_000);
    report.figure("on the bus / bare publish", reached.over(bare));
    report.figure("network back -> first trade on the bus, ms", again, Goal.AT_MOST, 2_000);
  }

  private void reached(FakeVenue venue, FeedChild child, BenchSeries series) {
    Cpu.Times before = cpu(child.counts());
    long begun = System.nanoTime();
    venue.play(offered());
    FeedChild.rest(options.seconds());
    venue.play(0);
    long played = names(SYMBOLS).stream().mapToLong(venue::head).sum();
    Map<String, String> after =
        child.await(counts -> done(counts) >= played, played + " trades on the bus", 20);
    double seconds = (System.nanoTime() - begun) / 1e9;
    series.add(played / seconds, cpu(after).minus(before), played);
    if (number(after, "filled") > 0) {
      report.say(
          "the feed could not keep up: %,d of %,d trades came by the venue's history"
              .formatted(number(after, "filled"), played));
    }
  }

  /// A short look offers less.
  private int offered() {
    return (int) Math.min(OFFERED, options.events());
  }

  private double reconnect(FakeVenue venue, FeedChild child) {
    venue.play(CALM_RATE);
    FeedChild.rest(1);
    venue.outage(true);
    FeedChild.rest(OUTAGE_SECONDS);
    long before = number(child.counts(), "published");
    venue.outage(false);
    long back = System.nanoTime();
    child.await(counts -> number(counts, "published") > before, "a trade after the outage", 5);
    venue.play(0);
    return (System.nanoTime() - back) / 1e6;
  }

  private void memory() throws SQLException {
    BenchSeries peak = new BenchSeries();
    Tape tape = tape(MANY_SYMBOLS, 200L * MANY_SYMBOLS);
    for (int round = 0; round < options.rounds(); round++) {
      try (FakeVenue venue = new FakeVenue(VenueKind.BINANCE, tape, VenueScript.calm()).start();
          FeedChild child = FeedChild.start(rig, topic(), venue, names(MANY_SYMBOLS), SMALL)) {
        venue.play(5_000);
        FeedChild.rest(Math.min(20, options.seconds()));
        peak.add(number(child.counts(), "peak") / 1e6);
      }
    }
    report.figure("peak resident memory at 1,000 symbols, MB", peak, Goal.AT_MOST, 256);
  }

  /// One round: it takes as long as the venue's limits want.
  private void refill() throws SQLException {
    long ids = options.events() / 3;
    int each = CALM_RATE / 3;
    try (LiveVenue venue =
        new LiveVenue(
            VenueKind.BINANCE,
            "localhost",
            names(3),
            5,
            CALM_RATE,
            Duration.ofSeconds(ids / each + 1),
            Duration.ofMinutes(10).plusSeconds(options.seconds()))) {
      String hole = venue.symbols().getFirst();
      venue.hold(hole, true);
      venue.venue().release(hole, 10);
      venue.open();
      try (FeedChild child = FeedChild.start(rig, topic(), venue, HEAP)) {
        venue.venue().release(hole, 20);
        refill(venue, child, hole);
      }
    }
  }

  private void refill(LiveVenue venue, FeedChild child, String hole) {
    FeedChild.rest(2);
    child.counts();
    FeedChild.rest(options.seconds());
    double without = Double.parseDouble(WorkerParts.required(child.counts(), "p95"));
    venue.venue().outage(true);
    venue.hold(hole, false);
    FeedChild.rest(1);
    long missing = venue.head(hole) - 20;
    venue.venue().outage(false);
    child.await(counts -> number(counts, "filled") > 0, "the hole is being filled", 5);
    long begun = System.nanoTime();
    FeedChild.rest(Math.min(HELD_SECONDS, missing / (PAGES_A_MINUTE * PAGE / 60) / 2));
    child.counts();
    // The latencies are those since the last look: it is not looked at before the end is near.
    FeedChild.rest(missing / (PAGES_A_MINUTE * PAGE / 60) - seconds(begun) - 1);
    Map<String, String> with = child.counts();
    child.await(
        counts -> number(counts, "openIds") == 0 && number(counts, "filled") >= missing,
        missing + " trades filled",
        50);
    double minutes = seconds(begun) / 60;
    BenchSeries rate = new BenchSeries();
    rate.add(missing / minutes);
    BenchSeries share = new BenchSeries();
    share.add(missing / minutes / (PAGES_A_MINUTE * PAGE));
    report.figure("%,d ids refilled, trades/min".formatted(missing), rate);
    report.figure("refill / what the venue's limits allow", share, Goal.AT_LEAST, 0.9);
    if (number(with, "live") > 0) {
      live(without, Double.parseDouble(WorkerParts.required(with, "p95")));
    } else {
      report.say("the hole is too short for a live p95 beside it");
    }
    int weight = venue.venue().log().mostWeight(Duration.ofMinutes(1));
    report.say("most weight asked for in any minute: " + weight + " of 6,000");
  }

  private void live(double without, double with) {
    BenchSeries alone = new BenchSeries();
    alone.add(without);
    BenchSeries beside = new BenchSeries();
    beside.add(with);
    report.figure("live trade to the bus, p95, ms", alone);
    report.figure("the same while a hole is refilled, p95, ms", beside);
    report.figure("live p95 beside a refill / without", beside.over(alone));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static long done(Map<String, String> counts) {
    return number(counts, "published") + number(counts, "filled");
  }

  private Cpu.Times cpu(Map<String, String> counts) {
    return new Cpu.Times(
        number(counts, "own"), Cpu.process(rig.redisPid()), Cpu.family(rig.postgresPid()));
  }

  private static long number(Map<String, String> counts, String name) {
    return Replays.number(counts, name);
  }

  private static Tape tape(int symbols, long trades) {
    TapeBuilder tape = Tape.seeded(3);
    names(symbols).forEach(name -> tape.symbol(name, (int) (trades / symbols)));
    return tape.build();
  }

  private static List<String> names(int symbols) {
    return new ArrayList<>(IntStream.range(0, symbols).mapToObj(i -> "S" + i + "USDT").toList());
  }

  private String topic() {
    return "bench.feed." + topics++;
  }
}

package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import dev.mdp.core.bus.Position;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The nemesis command: runs the pipeline as real processes, does it harm by a seeded plan, heals
/// it, waits, and judges what is left. One thread.
public final class Nemesis {
  private static final long CALM_MILLIS = 6_000;
  private static final long CATCH_UP_SECONDS = 180;
  private static final long BEGIN_SECONDS = 600;
  private static final long LONGEST_WINDOW_MILLIS = 10_000;
  private static final long LARGEST_VALID_JUMP_MILLIS = 5_000;
  private static final int FEWEST_FAULTS = 10;
  private static final int PROGRESS_EVERY = 6;
  private static final long PROGRESS_SECONDS = 45;
  private static final String MOVED =
      "SELECT count(DISTINCT (consumer_group, shard)) FROM nemesis.history WHERE (commits OR epoch = 0) AND n > ";

  /// What is written down for operators who accepted a loss; also where no bar was written before.
  private static final String[] REPAIR = {
    "verify", "bars", "--repair", "--build", "--from", "1d", "--to", "now"
  };

  private static final Duration JUDGEMENT = Duration.ofSeconds(50);

  private final NemesisOptions options;
  private final PrintStream out;
  private final Random random;
  private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
  private final long begun = System.nanoTime();

  private Nemesis(NemesisOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.random = new Random(options.seed());
  }

  /// Returns the exit code: 0, 2 for a wrong command line, 3 when the oracle found something.
  public static int run(String[] arguments, PrintStream out) throws IOException, SQLException {
    if (List.of(arguments).contains("--help")) {
      out.println(NemesisOptions.USAGE);
      out.flush();
      return 0;
    }
    NemesisOptions options;
    try {
      options = NemesisOptions.parse(arguments);
      if (!Files.isRegularFile(options.jar())) {
        throw new IllegalArgumentException(
            "--jar: there is no " + options.jar().toAbsolutePath() + "; build it with mvn package");
      }
    } catch (IllegalArgumentException e) {
      System.err.println("nemesis: " + e.getMessage());
      System.err.println(NemesisOptions.USAGE);
      return 2;
    }
    return new Nemesis(options, out).run();
  }

  private int run() throws IOException, SQLException {
    Losses losses = new Losses();
    try (EventSource source = options.feed() ? new FeedSource(options) : new SenderSource();
        TestBed testBed = new TestBed(options.kafka(), options.keep(), source.configuration());
        DeadLetterTail letters = new DeadLetterTail(testBed);
        ProcessSupervisor supervisor =
            new ProcessSupervisor(
                options, testBed, source.venues().stream().map(LiveVenue::provider).toList());
        FaultInjector faults =
            new FaultInjector(testBed, supervisor, letters, losses, source.venues(), random)) {
      say(
          "nemesis: seed %d, %s, %d events/s, %s; %d micro-batch workers, %d tick workers, %s, %d shards",
          options.seed(),
          options.faults() > 0 ? options.faults() + " faults" : options.time(),
          options.rate(),
          testBed.versions(),
          ProcessSupervisor.MICRO_BATCHES,
          ProcessSupervisor.TICKS,
          source.words(),
          TestBed.SHARDS);
      if (options.keep()) {
        say("logs in %s", testBed.folder());
      }
      awaitFirstBars(testBed, source);
      injectFaults(testBed, faults, source);
      faults.heal();
      say("healed; %d faults", total());
      NemesisTimes.sleep(CALM_MILLIS);
      boolean published = source.end(testBed, supervisor);
      boolean caughtUp = awaitEnd(testBed) && published;
      NemesisTimes.sleep(LONGEST_WINDOW_MILLIS + LARGEST_VALID_JUMP_MILLIS + 2_000);
      supervisor.drainWorkers();
      letters.readAgain();
      return judge(testBed, source, supervisor, letters, losses, faults, caughtUp);
    }
  }

  private int judge(
      TestBed testBed,
      EventSource source,
      ProcessSupervisor supervisor,
      DeadLetterTail letters,
      Losses losses,
      FaultInjector faults,
      boolean caughtUp)
      throws IOException, SQLException {
    try (Connection connection = testBed.connect()) {
      if (options.spoil()) {
        BarCheck.spoil(connection);
        say("one bar was changed by hand");
      }
      source.load(connection, supervisor);
      Versions versions = Versions.read(connection, losses);
      Losses forgiven = options.feed() ? new Losses() : losses;
      SentEventsAudit events = SentEventsAudit.judge(connection, letters, forgiven);
      BarCheck bars = BarCheck.judge(connection, versions, letters, forgiven);
      Optional<FeedAudit> feeds = Optional.empty();
      if (source instanceof FeedSource feed) {
        say("verify bars --repair: %s", lastLines(supervisor.run(REPAIR)));
        BarCheck repaired = BarCheck.judge(connection, versions.withoutGaps(), letters, forgiven);
        feeds = Optional.of(FeedAudit.judge(connection, feed, events, bars, repaired));
      }
      NemesisVerdict verdict =
          new NemesisVerdict(
              caughtUp,
              events,
              bars,
              Ledgers.read(connection, testBed.log().entries()),
              versions,
              Takeovers.measure(connection, faults.strikes()),
              feeds,
              faults.poisonSent().size(),
              withoutLetter(faults.poisonSent(), letters, losses),
              supervisor.surprises());
      say(
          "injected %d faults: %s",
          total(),
          injected.entrySet().stream()
              .map(each -> each.getValue() + " " + each.getKey().word())
              .collect(Collectors.joining(", ")));
      verdict.print(out, letters.byReason(), new TreeMap<>(supervisor.ends()));
      return verdict.good() ? 0 : 3;
    }
  }

  /// What a command says in the end.
  private static String lastLines(String said) {
    List<String> lines = said.lines().toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - 4), lines.size()))
        .replaceAll(" +", " ");
  }

  private static List<String> withoutLetter(
      Map<String, Long> poison, DeadLetterTail letters, Losses losses) {
    List<String> without = new ArrayList<>();
    poison.forEach((marker, micros) -> {
      if (!letters.hasPoison(marker) && !losses.isDestroyed(marker) && !losses.isInCut(micros)) {
        without.add(marker);
      }
    });
    return without;
  }

  /// Every shard must have committed before anything is destroyed: who never read cannot know.
  private void awaitFirstBars(TestBed testBed, EventSource source) throws SQLException {
    long deadline = System.nanoTime() + BEGIN_SECONDS * 1_000_000_000L;
    try (Connection connection = testBed.connect()) {
      while (Queries.count(
                  connection,
                  "SELECT count(*) FROM stream_checkpoints WHERE committed AND position <> '0-0'")
              < 2 * TestBed.SHARDS
          || Queries.count(connection, "SELECT count(*) FROM bars_ohlcv") == 0
          || !source.hasBegun(connection)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the pipeline did not begin to work; see the logs in " + testBed.folder());
        }
        NemesisTimes.sleep(200);
      }
    }
    say("the pipeline works");
  }

  private void injectFaults(TestBed testBed, FaultInjector faults, EventSource source)
      throws IOException, SQLException {
    while (!isEnough() && source.isTrading()) {
      FaultKind kind = draw();
      String what = faults.inject(kind);
      injected.merge(kind, 1, Integer::sum);
      say("#%d %s: %s", total(), kind.word(), what);
      if (kind.destroys() || total() % PROGRESS_EVERY == 0) {
        awaitProgress(testBed);
      }
      NemesisTimes.sleep(200 + (long) (-Math.log(1 - random.nextDouble()) * 1_300));
    }
    if (!isEnough()) {
      throw new IllegalStateException(
          "the markets closed before the faults were done: ask for fewer");
    }
  }

  /// A machine that was slow to begin gets a few faults anyway.
  private boolean isEnough() {
    return options.faults() > 0
        ? total() >= options.faults()
        : total() >= FEWEST_FAULTS && elapsed().compareTo(end()) >= 0;
  }

  /// Harm is done to a pipeline that works: now and then both groups must have moved on in every
  /// shard before it continues, or it would only ever hit processes that are starting.
  private void awaitProgress(TestBed testBed) throws SQLException {
    try (Connection connection = testBed.connect()) {
      long since = Queries.count(connection, "SELECT coalesce(max(n), 0) FROM nemesis.history");
      long deadline = System.nanoTime() + PROGRESS_SECONDS * 1_000_000_000L;
      while (Queries.count(connection, MOVED + since) < 2 * TestBed.SHARDS) {
        if (System.nanoTime() > deadline) {
          say("no progress in all shards for %d s", PROGRESS_SECONDS);
          return;
        }
        NemesisTimes.sleep(200);
      }
    }
  }

  private Duration end() {
    return options.time().minus(JUDGEMENT);
  }

  private FaultKind draw() {
    List<FaultKind> hat = new ArrayList<>();
    for (FaultKind kind : options.possible()) {
      for (int i = 0; i < kind.weight(); i++) {
        hat.add(kind);
      }
    }
    return hat.get(random.nextInt(hat.size()));
  }

  /// Waits until both groups have consumed every shard's last entry.
  private boolean awaitEnd(TestBed testBed) throws SQLException {
    long deadline = System.nanoTime() + CATCH_UP_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < deadline) {
      try (Connection connection = testBed.connect()) {
        Map<Integer, Position> bars = Positions.of(connection, Positions.MICRO_BATCHER);
        Map<Integer, Position> ticks = Positions.of(connection, Positions.TICKS);
        boolean all = true;
        for (int shard = 0; shard < TestBed.SHARDS; shard++) {
          Position last = testBed.log().last(shard);
          all &= !last.isAfter(bars.getOrDefault(shard, Position.START));
          all &= !last.isAfter(ticks.getOrDefault(shard, Position.START));
        }
        if (all) {
          return true;
        }
      } catch (IOException _) {
        // the server is still loading
      }
      NemesisTimes.sleep(500);
    }
    return false;
  }

  private int total() {
    return injected.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void say(String format, Object... arguments) {
    out.printf(
        Locale.ROOT,
        "%7.1f s  %s%n",
        elapsed().toMillis() / 1_000.0,
        String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}

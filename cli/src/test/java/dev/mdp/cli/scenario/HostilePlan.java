package dev.mdp.cli.scenario;

import dev.mdp.core.feed.IdSet;
import dev.mdp.testkit.venue.Aggregate;
import dev.mdp.testkit.venue.HostileScript;
import dev.mdp.testkit.venue.RestFault;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.TapeBuilder;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// What a seed makes of a session: the venue, its tape, everything that goes wrong, and what that
/// allows in the end.
///
/// @param inProcess whether its producers are processes, each ended by SIGKILL
/// @param playing how long the tape plays
record HostilePlan(
    long seed,
    VenueKind kind,
    boolean inProcess,
    List<String> symbols,
    Tape tape,
    VenueScript script,
    Duration playing,
    Truth truth) {
  /// What the script makes of single ids.
  ///
  /// @param keptFrom by symbol: ids below are nowhere but in the stream
  /// @param unpriced by symbol: trades whose price the stream has as no price
  /// @param repriced by symbol: trades of which the history has another price
  /// @param unlisted a symbol that the venue refuses; empty for none
  /// @param forbids whether the venue's history answers a request with 403
  record Truth(
      Map<String, Long> keptFrom,
      Map<String, Set<Long>> unpriced,
      Map<String, Set<Long>> repriced,
      String unlisted,
      boolean forbids) {}

  private static final int PROCESSES_EVERY = 10;

  static HostilePlan of(long seed) {
    return new Draft(seed).plan();
  }

  /// As the configuration and the tables have it.
  String provider() {
    return "s" + seed;
  }

  List<String> wanted() {
    List<String> wanted = new ArrayList<>(symbols);
    if (!truth.unlisted().isEmpty()) {
      wanted.add(truth.unlisted());
    }
    return wanted;
  }

  /// Every id that the provider's series has at the venue.
  IdSet ids(String symbol) {
    if (kind != VenueKind.BINANCE_AGG) {
      return tape.ids(symbol);
    }
    IdSet ids = new IdSet();
    for (Aggregate aggregate : tape.aggregates(symbol)) {
      ids.add(aggregate.id());
    }
    return ids;
  }

  /// Whether ids are of trades, so that what the script says of a trade holds for an id.
  private static boolean hasTrades(VenueKind kind) {
    return kind != VenueKind.BINANCE_AGG;
  }

  /// Draws, in one order. One use.
  private static final class Draft {
    private final long seed;
    private final SplittableRandom random;
    private final VenueKind kind;
    private final boolean inProcess;
    private final List<String> symbols;
    private final int trades;
    private final Map<String, Long> keptFrom = new HashMap<>();
    private final Map<String, Set<Long>> unpriced = new HashMap<>();
    private final Map<String, Set<Long>> repriced = new HashMap<>();

    Draft(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.kind = VenueKind.values()[(int) Math.floorMod(seed, VenueKind.values().length)];
      this.inProcess = Math.floorMod(seed, PROCESSES_EVERY) == 7;
      List<String> both =
          switch (kind) {
            case COINBASE -> List.of("BTC-USD", "ETH-USD");
            case KRAKEN -> List.of("BTC/USD", "ETH/USD");
            case BINANCE, BINANCE_AGG -> List.of("BTCUSDT", "ETHUSDT");
          };
      this.symbols = random.nextInt(3) == 0 ? both.subList(0, 1) : both;
      this.trades = random.nextInt(800, 1_600) / symbols.size() * (inProcess ? 2 : 1);
    }

    HostilePlan plan() {
      Tape tape = tape();
      boolean forbids = chance(8);
      boolean unlists = kind != VenueKind.BINANCE && kind != VenueKind.BINANCE_AGG && chance(3);
      String unlisted = unlists ? (kind == VenueKind.KRAKEN ? "NO/USD" : "NO-USD") : "";
      VenueScript script = script(tape, forbids);
      int seconds = inProcess ? random.nextInt(28, 32) : random.nextInt(18, 28);
      return new HostilePlan(
          seed,
          kind,
          inProcess,
          symbols,
          tape,
          unlists ? script.stream(stream -> stream.refuse(unlisted)) : script,
          Duration.ofSeconds(seconds),
          new Truth(
              Map.copyOf(keptFrom), Map.copyOf(unpriced), Map.copyOf(repriced), unlisted, forbids));
    }

    private Tape tape() {
      TapeBuilder tape = Tape.seeded(seed).spacing(Duration.ofMillis(random.nextInt(2, 400)));
      for (String symbol : symbols) {
        tape.symbol(symbol, trades);
        keptFrom.put(symbol, 1L);
        unpriced.put(symbol, new HashSet<>());
        repriced.put(symbol, new HashSet<>());
        if (!inProcess && hasTrades(kind) && chance(3)) {
          long first = random.nextLong(200, trades - 50);
          tape.without(symbol, first, first + random.nextInt(1, 20));
        }
        if (chance(4)) {
          long first = random.nextLong(200, trades - 100);
          tape.simultaneous(symbol, first, first + random.nextInt(2, 60));
        }
      }
      return tape.build();
    }

    private VenueScript script(Tape tape, boolean forbids) {
      VenueScript script =
          HostileScript.of(seed, kind, tape)
              .clock(Duration.ofMillis(random.nextInt(-9_000, 9_000)))
              .life(life ->
                  life.pings(Duration.ofMillis(random.nextInt(1_000, 4_000)))
                      .pongWithin(Duration.ofSeconds(10)));
      if (chance(6)) {
        script = script.life(life -> life.singleConnection());
      }
      if (forbids) {
        int request = random.nextInt(1, 12);
        script = script.rest(rest -> rest.fault(request, RestFault.forbidden()));
      }
      for (String symbol : symbols) {
        script = of(symbol, script);
      }
      return script;
    }

    private VenueScript of(String symbol, VenueScript from) {
      VenueScript script = from;
      if (hasTrades(kind) && chance(4)) {
        long kept = random.nextLong(100, trades / 2);
        keptFrom.put(symbol, kept);
        script = script.rest(rest -> rest.keptFrom(symbol, kept));
      }
      for (int i = hasTrades(kind) ? random.nextInt(3) : 0; i > 0; i--) {
        long id = random.nextLong(100, trades);
        note(unpriced, symbol, id);
        script = script.stream(stream -> stream.price(symbol, id, "1e400"));
      }
      if (hasTrades(kind) && chance(3)) {
        long id = random.nextLong(100, trades);
        note(repriced, symbol, id);
        script = script.rest(rest -> rest.price(symbol, id, "123.45"));
      }
      return script;
    }

    private static void note(Map<String, Set<Long>> bySymbol, String symbol, long id) {
      bySymbol.computeIfAbsent(symbol, _ -> new HashSet<>()).add(id);
    }

    private boolean chance(int oneIn) {
      return random.nextInt(oneIn) == 0;
    }
  }
}

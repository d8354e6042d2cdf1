package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostileScriptTest {
  private static final Map<VenueKind, String> SYMBOLS =
      Map.of(
          VenueKind.COINBASE, "BTC-USD",
          VenueKind.KRAKEN, "BTC/USD",
          VenueKind.BINANCE, "BTCUSDT",
          VenueKind.BINANCE_AGG, "BTCUSDT");

  @Test
  void everyVenueTakesItsScripts() {
    Set<Class<?>> faults = new HashSet<>();
    for (VenueKind kind : VenueKind.values()) {
      for (long seed = 0; seed < 200; seed++) {
        Tape tape = Tape.seeded(seed).symbol(SYMBOLS.get(kind), 100).build();
        VenueScript script = HostileScript.of(seed, kind, tape);

        ScriptCheck.check(kind, script, tape);
        script.faults().forEach(planned -> faults.add(planned.fault().getClass()));
      }
    }
    assertThat(faults).hasSize(6);
  }

  @Test
  void equalSeedsGiveEqualScripts() {
    Tape tape = Tape.seeded(1).symbol("BTCUSDT", 1_000).build();
    Set<Object> different = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      VenueScript one = HostileScript.of(seed, VenueKind.BINANCE, tape);
      VenueScript other = HostileScript.of(seed, VenueKind.BINANCE, tape);

      assertThat(one.faults()).isEqualTo(other.faults());
      assertThat(one.rest().faults).isEqualTo(other.rest().faults);
      assertThat(one.life().pingEvery).isEqualTo(other.life().pingEvery);
      different.add(one.faults());
    }
    assertThat(different.size()).isGreaterThan(30);
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void everyTradeIsFoundInTheEnd() throws Exception {
    Tape tape = Tape.seeded(1).symbol("BTCUSDT", 2_500).build();
    for (long seed = 1; seed <= 3; seed++) {
      try (FakeVenue venue =
          new FakeVenue(VenueKind.BINANCE, tape, HostileScript.of(seed, VenueKind.BINANCE, tape))
              .start()) {
        venue.releaseAll();

        Set<Long> ids = new TreeSet<>();
        while (ids.size() < 2_500) {
          ids.addAll(page(venue, ids.size() + 1L));
        }

        assertThat(ids)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 2_500).boxed().toList());
      }
    }
  }

  /// Asks until there is a good answer.
  private static Set<Long> page(FakeVenue venue, long from) throws InterruptedException {
    RestTester rest = new RestTester(venue);
    while (true) {
      try {
        return new TreeSet<>(
            rest
                .getWithin(
                    "/api/v3/historicalTrades?symbol=BTCUSDT&limit=1000&fromId=" + from,
                    java.time.Duration.ofMillis(500))
                .body()
                .transform(body -> TestJson.list(JsonIn.read(body)))
                .stream()
                .map(row -> TestJson.number(TestJson.map(row), "id"))
                .toList());
      } catch (Exception | AssertionError _) {
        Thread.sleep(20);
      }
    }
  }
}

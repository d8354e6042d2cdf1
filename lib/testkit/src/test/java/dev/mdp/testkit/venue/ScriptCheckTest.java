package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScriptCheckTest {
  private static final Tape TAPE = Tape.seeded(1).symbol("BTC-USD", 1).build();

  @Test
  void optionOfAnotherVenueIsRefused() {
    VenueScript script =
        VenueScript.calm().stream(stream -> stream.newestFirst().blockTradesEvery(3));

    assertThatThrownBy(() -> new FakeVenue(VenueKind.COINBASE, TAPE, script))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "script: NEWEST_FIRST has no meaning for COINBASE; BLOCK_TRADES has no meaning for"
                + " COINBASE");
  }

  @Test
  void symbolThatIsNotOnTheTapeIsRefused() {
    VenueScript script =
        VenueScript.calm().rest(rest -> rest.keptFrom("X", 1)).at("BTC-USD", 1, Fault.vanish("Y"));

    assertThatThrownBy(() -> new FakeVenue(VenueKind.COINBASE, TAPE, script))
        .hasMessage("script: the tape has no [X, Y] (it has: [BTC-USD])");
  }

  @Test
  void refusedSymbolNeedNotBeOnTheTape() {
    VenueScript script = VenueScript.calm().stream(stream -> stream.refuse("NOPE"));

    assertThatCode(() -> new FakeVenue(VenueKind.COINBASE, TAPE, script).close())
        .doesNotThrowAnyException();
  }
}

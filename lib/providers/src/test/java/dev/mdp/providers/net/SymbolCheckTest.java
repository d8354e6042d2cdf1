package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments.Instrument;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolCheckTest {
  private final SymbolCheck check =
      new SymbolCheck(
          "kraken",
          List.of(
              new Instrument(new Symbol("BTC/USD"), true, "online"),
              new Instrument(new Symbol("ETH/USD"), true, "online"),
              new Instrument(new Symbol("LUNA/USD"), false, "cancel_only")));

  @Test
  void listedSymbolsThatTradeAreNoProblem() {
    List<Symbol> wanted = List.of(new Symbol("ETH/USD"), new Symbol("BTC/USD"));

    assertThat(check.unknown(wanted)).isEmpty();
    assertThat(check.idle(wanted)).isEmpty();
  }

  @Test
  void anUnknownSymbolIsToldWithTheNearestThatTrades() {
    assertThat(check.unknown(List.of(new Symbol("XBT/USD"), new Symbol("BTC-USD"))))
        .containsExactly(
            "kraken has no symbol 'BTC-USD' — did you mean 'BTC/USD'?",
            "kraken has no symbol 'XBT/USD' — did you mean 'BTC/USD'?");
  }

  @Test
  void aSymbolThatDoesNotTradeIsToldWithItsStatus() {
    assertThat(check.unknown(List.of(new Symbol("LUNA/USD")))).isEmpty();
    assertThat(check.idle(List.of(new Symbol("LUNA/USD"))))
        .containsExactly("'LUNA/USD' does not trade at kraken now: its status is 'cancel_only'");
  }
}

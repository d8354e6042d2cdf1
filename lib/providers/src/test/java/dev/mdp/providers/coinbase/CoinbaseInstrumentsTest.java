package dev.mdp.providers.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments.Instrument;
import dev.mdp.providers.wire.ScriptedRest;
import org.junit.jupiter.api.Test;

class CoinbaseInstrumentsTest {
  @Test
  void productsAreListedWithWhatTheyAre() {
    ScriptedRest rest =
        ScriptedRest.saying(
            """
            [{"id":"ETH-USD","base_currency":"ETH","status":"online","trading_disabled":false},
             {"id":"BTC-USD","status":"online","trading_disabled":true,"x":{"id":"NO"}},
             {"id":"LOOM-USDC","status":"delisted","trading_disabled":false},
             {"id":"no symbol|","status":"online"}]\
            """);

    assertThat(new CoinbaseInstruments(rest, Coinbase.REST).list())
        .containsExactly(
            new Instrument(new Symbol("BTC-USD"), false, "trading disabled"),
            new Instrument(new Symbol("ETH-USD"), true, "online"),
            new Instrument(new Symbol("LOOM-USDC"), false, "delisted"));
    assertThat(rest.asked)
        .extracting(Object::toString)
        .containsExactly("https://api.exchange.coinbase.com/products");
  }

  @Test
  void anAnswerThatIsNoListIsAnError() {
    CoinbaseInstruments broken =
        new CoinbaseInstruments(ScriptedRest.saying("{\"products\":[]}"), Coinbase.REST);

    assertThatThrownBy(broken::list)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("/products made no sense: it is not a list");
  }
}

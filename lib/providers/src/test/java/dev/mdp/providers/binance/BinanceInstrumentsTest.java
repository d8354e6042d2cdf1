package dev.mdp.providers.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments.Instrument;
import dev.mdp.providers.wire.ScriptedRest;
import org.junit.jupiter.api.Test;

class BinanceInstrumentsTest {
  @Test
  void symbolsAreListedWithTheirStatus() {
    ScriptedRest rest =
        ScriptedRest.saying(
            """
            {"timezone":"UTC","rateLimits":[{"limit":6000}],"symbols":[
             {"symbol":"ETHBTC","status":"TRADING","filters":[{"symbol":"NO"}]},
             {"symbol":"币安人生USDT","status":"TRADING"},
             {"symbol":"BCCBTC","status":"BREAK"},
             {"symbol":"","status":"TRADING"}]}\
            """);

    assertThat(new BinanceInstruments(rest, Binance.REST).list())
        .containsExactly(
            new Instrument(new Symbol("BCCBTC"), false, "BREAK"),
            new Instrument(new Symbol("ETHBTC"), true, "TRADING"),
            new Instrument(new Symbol("币安人生USDT"), true, "TRADING"));
    assertThat(rest.asked.getFirst().getPath()).isEqualTo("/api/v3/exchangeInfo");
    assertThat(rest.weights).containsExactly(20);
  }

  @Test
  void errorsAreWhatTheyMean() {
    assertThatThrownBy(() -> saying("{\"code\":-1003,\"msg\":\"Way too many requests\"}").list())
        .isInstanceOf(RateLimitedException.class)
        .hasMessage("Binance says: -1003 Way too many requests");
    assertThatThrownBy(() -> saying("{\"timezone\":\"UTC\"}").list())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it lists no symbols");
    assertThatThrownBy(() -> saying("[]").list()).isInstanceOf(UnavailableException.class);
  }

  private static BinanceInstruments saying(String body) {
    return new BinanceInstruments(ScriptedRest.saying(body), Binance.REST);
  }
}

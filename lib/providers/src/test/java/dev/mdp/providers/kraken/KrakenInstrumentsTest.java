package dev.mdp.providers.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments.Instrument;
import dev.mdp.providers.wire.ScriptedRest;
import org.junit.jupiter.api.Test;

class KrakenInstrumentsTest {
  @Test
  void pairsAreListedAsTheSecondSocketWritesThem() {
    ScriptedRest rest =
        ScriptedRest.saying(
            """
            {"error":[],"result":{
             "XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","status":"online","fees":[[0,0.4]]},
             "XXDGXXBT":{"altname":"XDGXBT","wsname":"XDG/XBT","status":"limit_only"},
             "LUNAUSD":{"altname":"LUNAUSD","wsname":"LUNA/USD","status":"cancel_only"},
             "XBTUSD.d":{"altname":"XBTUSD.d","status":"online"},
             "ODD":7}}\
            """);

    assertThat(new KrakenInstruments(rest, Kraken.REST).list())
        .containsExactly(
            new Instrument(new Symbol("BTC/USD"), true, "online"),
            new Instrument(new Symbol("DOGE/BTC"), true, "limit_only"),
            new Instrument(new Symbol("LUNA/USD"), false, "cancel_only"));
    assertThat(rest.asked)
        .extracting(Object::toString)
        .containsExactly("https://api.kraken.com/0/public/AssetPairs");
  }

  @Test
  void errorsAreWhatTheyMean() {
    assertThatThrownBy(() -> saying("{\"error\":[\"EGeneral:Too many requests\"]}").list())
        .isInstanceOf(RateLimitedException.class);
    assertThatThrownBy(() -> saying("{\"error\":[]}").list())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("neither a result nor an error");
    assertThatThrownBy(() -> saying("[]").list()).isInstanceOf(UnavailableException.class);
  }

  private static KrakenInstruments saying(String body) {
    return new KrakenInstruments(ScriptedRest.saying(body), Kraken.REST);
  }
}

package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyChoiceTest {
  private static final URI VENUE = URI.create("https://api.venue.test/x");

  @Test
  void asksDirectlyWhereNothingIsSet() {
    assertThat(of(Map.of()).name(VENUE)).isNull();
    assertThat(of(Map.of()).select(VENUE)).containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, http://proxy.test:3128, proxy.test:3128",
    "https_proxy, proxy.test:3128, proxy.test:3128",
    "HTTPS_PROXY, http://proxy.test/, proxy.test:80",
    "HTTPS_PROXY, '', ",
    "HTTP_PROXY, proxy.test:3128, ",
  })
  void readsTheEnvironment(String name, String value, String expected) {
    assertThat(of(Map.of(name, value)).name(VENUE)).isEqualTo(expected);
  }

  @Test
  void smallLettersComeFirst() {
    ProxyChoice choice = of(Map.of("HTTPS_PROXY", "big.test:1", "https_proxy", "small.test:2"));

    assertThat(choice.name(VENUE)).isEqualTo("small.test:2");
  }

  @Test
  void theJvmsProxyComesBeforeTheEnvironments() {
    ProxySelector jvm = ProxySelector.of(InetSocketAddress.createUnresolved("jvm.test", 8080));

    assertThat(new ProxyChoice(Map.of("HTTPS_PROXY", "env.test:1"), jvm).name(VENUE))
        .isEqualTo("jvm.test:8080");
  }

  @ParameterizedTest
  @CsvSource({
    "venue.test, true",
    ".venue.test, true",
    "*.venue.test, true",
    "'other.test, api.venue.test', true",
    "API.VENUE.TEST, true",
    "*, true",
    "nue.test, false",
    "venue, false",
    "'', false",
    "',,', false",
  })
  void leavesOutWhatIsExempt(String noProxy, boolean exempt) {
    ProxyChoice choice = of(Map.of("HTTPS_PROXY", "proxy.test:1", "NO_PROXY", noProxy));

    assertThat(choice.name(VENUE) == null).isEqualTo(exempt);
  }

  @ParameterizedTest
  @CsvSource({"https://localhost:1/x", "https://127.0.0.1/x", "https://[::1]:2/x"})
  void leavesOutThisMachine(URI uri) {
    assertThat(of(Map.of("HTTPS_PROXY", "proxy.test:1")).name(uri)).isNull();
  }

  @Test
  void refusesAProxyThatItCannotUse() {
    assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", "http://me:secret@proxy.test:1")).name(VENUE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("HTTPS_PROXY holds a password")
        .hasMessageContaining("NO_PROXY")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", "socks5://secret:1")).name(VENUE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("HTTPS_PROXY is not of the form http://host:port");
    assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", "http://a b")).name(VENUE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("HTTPS_PROXY is not of the form http://host:port");
  }

  @Test
  void refusesASocksProxyOfTheJvm() {
    ProxySelector socks =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(
                new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("socks.test", 1)));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException error) {}
        };

    assertThatThrownBy(() -> new ProxyChoice(Map.of(), socks).name(VENUE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("set https.proxyHost instead");
  }

  private static ProxyChoice of(Map<String, String> environment) {
    return new ProxyChoice(environment, null);
  }
}

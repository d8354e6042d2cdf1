package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetFailuresTest {
  private static final URI VENUE = URI.create("wss://venue.test:9443/ws?token=secret");

  static Stream<Arguments> certificates() {
    return Stream.of(
        Arguments.of(new CertificateExpiredException("NotAfter"), "it has expired: check this"),
        Arguments.of(
            new CertificateNotYetValidException("NotBefore"), "it is not valid yet: check"),
        Arguments.of(new CertificateException("key too short"), "refused, key too short"));
  }

  @ParameterizedTest
  @MethodSource("certificates")
  void theInnermostReasonOfACertificateCounts(CertificateException inner, String message) {
    Throwable path = new CertPathValidatorException("validity check failed", inner);
    Throwable outer =
        new SSLHandshakeException("handshake").initCause(new CertificateException("path", path));

    assertThat(NetFailures.of(VENUE, null, outer))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the certificate of venue.test is refused, ")
        .hasMessageContaining(message)
        .hasCause(outer);
  }

  @Test
  void aBrokenHandshakeIsNotACertificate() {
    assertThat(
            NetFailures.of(
                VENUE, null, new SSLHandshakeException("Remote host terminated the handshake")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("venue.test:9443/ws cannot be asked: Remote host terminated the handshake");
  }

  @Test
  void namesWhatHasAMessage() {
    IOException silent = new ConnectException();
    silent.initCause(new IOException("Network is unreachable"));

    assertThat(NetFailures.of(VENUE, null, silent))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("cannot connect to venue.test:9443/ws: Network is unreachable");
    assertThat(NetFailures.reason(new ConnectException())).isEqualTo("ConnectException");
  }

  @Test
  void aTunnelThatFailsWithoutAProxyIsOnlyUnavailable() {
    assertThat(NetFailures.of(VENUE, null, new IOException("Tunnel failed, got: 502")))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void whatIsKnownAlreadyStaysAsItIs() {
    UnavailableException known = new UnavailableException("known");

    assertThat(NetFailures.of(VENUE, null, known)).isSameAs(known);
  }
}

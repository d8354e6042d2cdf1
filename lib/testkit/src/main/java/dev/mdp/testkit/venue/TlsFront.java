package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/// Speaks TLS before a venue, so that it is reached by `wss` and `https` as the real ones are.
/// Thread-safe.
public final class TlsFront extends VenueFront {
  private final FakeVenue venue;
  private final VenueCertificate certificate;
  private final Duration delay;

  /// @param certificate what it shows: a client trusts it or does not
  /// @param delay how long a client waits for the first byte of the handshake
  public TlsFront(FakeVenue venue, VenueCertificate certificate, Duration delay)
      throws IOException {
    this.venue = venue;
    this.certificate = certificate;
    this.delay = delay;
    accepting();
  }

  /// As [FakeVenue#wsUri], over TLS; its host is `localhost`.
  public URI wsUri() {
    return uri("wss", venue.wsUri().getRawPath());
  }

  /// As [FakeVenue#restUri], over TLS; its host is `localhost`.
  public URI restUri() {
    return uri("https", "");
  }

  private URI uri(String scheme, String path) {
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  @Override
  void serve(Socket client) throws IOException {
    LockSupport.parkNanos(this, delay.toNanos());
    try (SSLSocket secure = certificate.secure(client);
        Socket server = open(venue.port())) {
      secure.startHandshake();
      new Tunnel(secure, server).run();
    }
  }
}

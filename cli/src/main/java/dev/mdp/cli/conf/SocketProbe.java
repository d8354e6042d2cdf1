package dev.mdp.cli.conf;

import dev.mdp.config.KafkaConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.core.error.Problems;
import dev.mdp.core.error.UnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/// Opens a TCP connection to the bus and to the database: they listen, whatever they would say.
final class SocketProbe implements ServerProbe {
  private static final int REDIS_PORT = 6379;
  private static final int POSTGRES_PORT = 5432;

  private final Duration timeout;

  SocketProbe(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public void check(MdpConfig config) {
    Problems problems = new Problems();
    switch (config.bus()) {
      case RedisConfig redis -> probe("bus.redis.uri", redis.uri().reveal(), REDIS_PORT, problems);
      case KafkaConfig kafka ->
          probe(
              "bus.kafka.bootstrap_servers",
              "kafka://" + kafka.bootstrapServers().reveal().split(",", -1)[0].strip(),
              0,
              problems);
    }
    String url = config.store().url().reveal();
    probe(
        "store.url",
        url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url,
        POSTGRES_PORT,
        problems);
    problems.throwIfAny(UnavailableException::new);
  }

  private void probe(String key, String url, int usualPort, Problems problems) {
    try {
      URI uri = new URI(url.split("[?]", 2)[0]);
      String host = uri.getHost();
      if (host == null) {
        return; // several hosts, or a socket file: only the client itself can try those
      }
      int port = uri.getPort() < 0 ? usualPort : uri.getPort();
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(bare, port), Math.toIntExact(timeout.toMillis()));
      } catch (IOException e) {
        problems.add(key, "cannot reach " + host + ":" + port + " (" + reason(e) + ")");
      }
    } catch (URISyntaxException e) {
      return; // a password with characters that a URI must encode: the client may still take it
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.net.UnknownHostException
        ? "unknown host"
        : String.valueOf(e.getMessage());
  }
}

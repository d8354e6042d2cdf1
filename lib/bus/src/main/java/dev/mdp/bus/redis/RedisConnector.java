package dev.mdp.bus.redis;

import dev.mdp.core.error.ConfigException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens connections to one server; makes the client at the first one. Connections never reconnect
/// by themselves, so nothing is ever sent twice behind our back. Thread-safe.
final class RedisConnector implements AutoCloseable {
  private final RedisSettings settings;
  private final RedisAddress address;
  private final Object lock = new Object();
  private @Nullable RedisClient client;
  private @Nullable ClientResources resources;
  private boolean closed;

  RedisConnector(RedisSettings settings) {
    this.settings = settings;
    this.address = RedisAddress.parse(settings.uri());
  }

  RedisAddress address() {
    return address;
  }

  StatefulRedisConnection<byte[], byte[]> connect() {
    RedisClient using = client();
    try {
      return using.connect(ByteArrayCodec.INSTANCE, address.toLettuce(settings.commandTimeout()));
    } catch (RuntimeException e) {
      throw RedisErrors.translate(address, e);
    }
  }

  @Override
  public void close() {
    RedisClient ending;
    ClientResources used;
    synchronized (lock) {
      closed = true;
      ending = client;
      used = resources;
      client = null;
      resources = null;
    }
    if (ending != null) {
      ending.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
    if (used != null) {
      used.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
  }

  private RedisClient client() {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the bus is closed");
      }
      RedisClient known = client;
      if (known == null) {
        ClientResources shared =
            ClientResources.builder()
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new Shortening())
                .build();
        known = RedisClient.create(shared);
        known.setOptions(options());
        known.addListener(new CloseWhenLost());
        resources = shared;
        client = known;
      }
      return known;
    }
  }

  private ClientOptions options() {
    ClientOptions.Builder options = ClientOptions.builder();
    settings.tlsCa().ifPresent(file -> options.sslOptions(trusting(file)));
    return options
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .protocolVersion(ProtocolVersion.RESP2)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(true)
                .tcpNoDelay(true)
                .build())
        .timeoutOptions(TimeoutOptions.create())
        .build();
  }

  private static SslOptions trusting(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(pem).isEmpty()) {
        throw new CertificateException("it is empty");
      }
    } catch (IOException | CertificateException e) {
      throw new ConfigException(
          "bus.redis.tls_ca: " + file + " holds no PEM certificates: " + e.getMessage(), e);
    }
    return SslOptions.builder().jdkSslProvider().trustManager(file.toFile()).build();
  }

  /// Puts [LongValues] before what reads the replies, behind TLS.
  private static final class Shortening implements NettyCustomizer {
    @Override
    public void afterChannelInitialized(Channel channel) {
      var reader = channel.pipeline().context(CommandHandler.class);
      channel.pipeline().addBefore(reader.name(), "long-values", new LongValues());
    }
  }

  /// Ends what waits on a lost connection at once: Lettuce would keep it for a reconnect.
  private static final class CloseWhenLost implements RedisConnectionStateListener {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      var _ = connection.getChannelWriter().closeAsync();
    }
  }
}

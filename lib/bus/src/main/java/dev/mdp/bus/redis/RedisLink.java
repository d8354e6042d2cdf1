package dev.mdp.bus.redis;

import dev.mdp.core.error.MdpException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection, opened when it is needed and again after it was lost. Any failure but an error
/// reply drops it, so a late reply can never be taken for the answer to something else. One thread
/// at a time.
final class RedisLink implements AutoCloseable {
  private final RedisConnector connector;
  private final Duration commandTimeout;
  private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

  RedisLink(RedisConnector connector, Duration commandTimeout) {
    this.connector = connector;
    this.commandTimeout = commandTimeout;
  }

  RedisAddress address() {
    return connector.address();
  }

  /// Connects unless connected.
  void open() {
    connected();
  }

  boolean isOpen() {
    StatefulRedisConnection<byte[], byte[]> known = connection;
    return known != null && known.isOpen();
  }

  /// Sends a command without waiting.
  <T> Reply<T> send(Reply<T> reply) {
    try {
      connected().dispatch(reply);
      return reply;
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  void sendAll(Collection<RedisCommand<byte[], byte[], ?>> commands) {
    try {
      connected().dispatch(commands);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /// The reply, which may take the command timeout and `extra`. An error reply is thrown as
  /// [ServerError], everything else as ours.
  <T> T answer(Reply<T> reply, Duration extra) throws ServerError {
    try {
      return reply.await(commandTimeout.plus(extra));
    } catch (ServerError e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  <T> T call(Verb verb, CommandOutput<byte[], byte[], T> output, Object... arguments)
      throws ServerError {
    return answer(send(new Reply<>(verb, output, arguments)), Duration.ZERO);
  }

  /// A command whose reply is a list, or one value in a list. Byte arrays, longs, nulls and lists.
  List<Object> ask(Verb verb, Object... arguments) throws ServerError {
    return call(verb, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), arguments);
  }

  MdpException translated(Exception error) {
    return RedisErrors.translate(connector.address(), error);
  }

  /// An error reply to a command about a stream.
  MdpException translated(ServerError error, String stream) {
    return error.is(StreamIds.TOO_LARGE)
        ? StreamIds.tooLarge(address(), stream, error)
        : translated(error);
  }

  /// Gives the connection up; the next use opens a new one.
  void drop() {
    StatefulRedisConnection<byte[], byte[]> dropped = connection;
    connection = null;
    if (dropped != null) {
      var _ = dropped.closeAsync();
    }
  }

  @Override
  public void close() {
    StatefulRedisConnection<byte[], byte[]> closing = connection;
    connection = null;
    if (closing != null) {
      closing.close();
    }
  }

  private MdpException failed(Exception error) {
    drop();
    return translated(error);
  }

  private StatefulRedisConnection<byte[], byte[]> connected() {
    StatefulRedisConnection<byte[], byte[]> known = connection;
    if (known == null || !known.isOpen()) {
      drop();
      known = connector.connect();
      connection = known;
    }
    return known;
  }
}

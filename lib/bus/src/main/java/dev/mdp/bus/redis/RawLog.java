package dev.mdp.bus.redis;

import dev.mdp.core.error.MdpException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A stream seen by the bus's own client without the bus, which benchmarks compare the bus with:
/// entries go in as they are, and come out only to be counted. One thread.
public final class RawLog implements AutoCloseable {
  private static final int READ = 5_000;

  private final RedisSettings settings;
  private final RedisConnector connector;
  private final RedisLink reader;
  private final StreamAppender appender;
  private final byte[] key;

  public RawLog(String uri, String topic) {
    this.settings = RedisSettings.of(uri, topic, 1);
    this.connector = new RedisConnector(settings);
    this.reader = new RedisLink(connector, settings.commandTimeout());
    this.appender =
        new StreamAppender(
            new RedisLink(connector, settings.commandTimeout()), topic, Duration.ofSeconds(30));
    this.key = topic.getBytes(StandardCharsets.UTF_8);
  }

  /// Appends these payloads, all or none.
  public void append(List<byte[]> payloads) {
    appender.append(
        payloads.stream()
            .map(payload -> new StreamAppender.Entry(key, RedisPublisher.DATA, payload))
            .toList());
  }

  /// The least that any reader of this client has to do: asks for a batch, waits, counts, asks for
  /// the next one.
  public long countAll() throws MdpException {
    EntryBatch batch = new EntryBatch();
    String after = "0-0";
    long count = 0;
    try {
      while (true) {
        reader.call(
            Verb.XREAD,
            new EntriesOutput(batch, EntriesOutput.BY_STREAM, 0),
            "count",
            READ,
            "streams",
            key,
            after);
        if (batch.count() == 0) {
          return count;
        }
        count += batch.count();
        after = batch.position(batch.count() - 1).toString();
      }
    } catch (ServerError e) {
      throw reader.translated(e);
    }
  }

  @Override
  public void close() {
    appender.close();
    reader.close();
    connector.close();
  }
}

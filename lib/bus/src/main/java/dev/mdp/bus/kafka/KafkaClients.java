package dev.mdp.bus.kafka;

import dev.mdp.core.error.MdpException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;

/// Makes Kafka's clients and turns their failures into ours. Thread-safe.
final class KafkaClients {
  private final KafkaSettings settings;
  private final ClientProperties properties;

  KafkaClients(KafkaSettings settings) {
    this.settings = settings;
    this.properties = new ClientProperties(settings);
  }

  KafkaSettings settings() {
    return settings;
  }

  Producer<byte[], byte[]> producer() {
    return guarded(() -> new KafkaProducer<>(properties.producer()));
  }

  /// A reader by position, without a group.
  ///
  /// @param maxBytes about how much one fetch may bring; it may be in memory twice
  Consumer<ByteBuffer, ByteBuffer> reader(int maxRecords, int maxBytes, Duration maxWait) {
    return guarded(() ->
        new KafkaConsumer<>(properties.reader(maxRecords, maxBytes, (int) maxWait.toMillis())));
  }

  Consumer<ByteBuffer, ByteBuffer> member(
      String group, String client, String protocol, int maxRecords) {
    return guarded(
        () -> new KafkaConsumer<>(properties.member(group, client, protocol, maxRecords)));
  }

  Admin admin() {
    return guarded(() -> Admin.create(properties.admin()));
  }

  /// Waits for an answer.
  <T> T answer(KafkaFuture<T> future) {
    return guarded(() -> {
      try {
        return future.get(settings.requestTimeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException | InterruptedException e) {
        throw translated(e);
      }
    });
  }

  <T> T guarded(java.util.function.Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  MdpException translated(Throwable failure) {
    return KafkaErrors.translate(settings.bootstrapServers(), failure);
  }
}

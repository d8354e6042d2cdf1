package dev.mdp.bus.kafka;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Records as deliveries and entries.
final class Records {
  private static final byte[] NOTHING = {};

  private Records() {}

  static Delivery delivery(
      DeliveryDecoder decoder, ConsumerRecord<ByteBuffer, ByteBuffer> entry, boolean redelivered) {
    Position position = Offsets.position(entry.offset());
    ByteBuffer value = entry.value();
    if (value == null) {
      return decoder.empty(
          entry.partition(),
          position,
          appendMicros(entry),
          redelivered,
          "no value: the data of an event");
    }
    if (!value.hasArray()) {
      byte[] copy = bytes(value);
      return decoder.decode(
          entry.partition(), position, appendMicros(entry), redelivered, copy, 0, copy.length);
    }
    int from = value.arrayOffset() + value.position();
    return decoder.decode(
        entry.partition(),
        position,
        appendMicros(entry),
        redelivered,
        value.array(),
        from,
        from + value.remaining());
  }

  /// As people see it: the headers are its other fields.
  static LogEntry entry(ConsumerRecord<ByteBuffer, ByteBuffer> entry) {
    Map<String, String> fields = new HashMap<>();
    for (Header header : entry.headers()) {
      byte[] value = header.value();
      fields.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    return new LogEntry(
        entry.partition(),
        Offsets.position(entry.offset()),
        appendMicros(entry),
        bytes(entry.value()),
        fields);
  }

  /// What an entry of one incarnation of a topic is known by.
  static byte[] identity(Uuid topic, ConsumerRecord<ByteBuffer, ByteBuffer> entry) {
    byte[] payload = bytes(entry.value());
    return ByteBuffer.allocate(payload.length + 2 * Long.BYTES)
        .put(payload)
        .putLong(topic.getMostSignificantBits())
        .putLong(topic.getLeastSignificantBits())
        .array();
  }

  /// What one incarnation of a topic is known by.
  static byte[] identity(Uuid topic) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(topic.getMostSignificantBits())
        .putLong(topic.getLeastSignificantBits())
        .array();
  }

  static byte[] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return NOTHING;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  private static long appendMicros(ConsumerRecord<?, ?> entry) {
    return Math.max(0, entry.timestamp()) * 1_000L;
  }
}

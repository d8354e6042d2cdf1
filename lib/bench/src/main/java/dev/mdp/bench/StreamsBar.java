package dev.mdp.bench;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/// A bar as a Kafka Streams store keeps it: doubles, and the times of its first and last tick.
record StreamsBar(
    double open,
    double high,
    double low,
    double close,
    double volume,
    long trades,
    long firstMicros,
    long lastMicros) {
  private static final int BYTES = 8 * Long.BYTES;

  static final Serde<StreamsBar> SERDE =
      Serdes.serdeFrom((_, bar) -> write(bar), (_, bytes) -> read(bytes));

  static StreamsBar empty() {
    return new StreamsBar(0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  StreamsBar plus(StreamsTick tick) {
    double price = tick.price();
    boolean first = tick.srcMicros() < firstMicros;
    boolean last = tick.srcMicros() >= lastMicros;
    return new StreamsBar(
        first ? price : open,
        trades == 0 ? price : Math.max(high, price),
        trades == 0 ? price : Math.min(low, price),
        last ? price : close,
        volume + tick.size(),
        trades + 1,
        first ? tick.srcMicros() : firstMicros,
        last ? tick.srcMicros() : lastMicros);
  }

  private static byte @Nullable [] write(@Nullable StreamsBar bar) {
    return bar == null
        ? null
        : ByteBuffer.allocate(BYTES)
            .putDouble(bar.open)
            .putDouble(bar.high)
            .putDouble(bar.low)
            .putDouble(bar.close)
            .putDouble(bar.volume)
            .putLong(bar.trades)
            .putLong(bar.firstMicros)
            .putLong(bar.lastMicros)
            .array();
  }

  private static @Nullable StreamsBar read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new StreamsBar(
        from.getDouble(),
        from.getDouble(),
        from.getDouble(),
        from.getDouble(),
        from.getDouble(),
        from.getLong(),
        from.getLong(),
        from.getLong());
  }
}

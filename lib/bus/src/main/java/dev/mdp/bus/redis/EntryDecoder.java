package dev.mdp.bus.redis;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.metrics.BusMetrics;

/// Makes deliveries out of the entries of a reply. One thread.
final class EntryDecoder {
  private final DeliveryDecoder decoder;

  EntryDecoder(int shards, BusMetrics metrics) {
    this.decoder = new DeliveryDecoder(shards, metrics);
  }

  Delivery decode(EntryBatch batch, int index, boolean redelivered) {
    Position position = batch.position(index);
    long appended = StreamIds.appendMicros(position);
    int shard = batch.shard(index);
    if (batch.isTooLarge(index)) {
      return decoder.tooLarge(shard, position, appended, redelivered, batch.copyOf(index));
    }
    return batch.hasData(index)
        ? decoder.decode(
            shard,
            position,
            appended,
            redelivered,
            batch.bytes(),
            batch.start(index),
            batch.end(index))
        : decoder.empty(shard, position, appended, redelivered, "no field 'data'");
  }

  Delivery decode(LogEntry entry) {
    return decoder.decode(entry);
  }
}

package dev.mdp.bus.redis;

import dev.mdp.bus.ShardRouter;
import dev.mdp.bus.codec.EventCodec;
import dev.mdp.bus.codec.Rejection;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;

/// Makes deliveries out of entries: decodes them and checks that they are in the right shard. One
/// thread.
final class EntryDecoder {
  private final EventCodec codec = new EventCodec();
  private final ShardRouter router;
  private final int shards;

  EntryDecoder(int shards) {
    this.shards = shards;
    this.router = new ShardRouter(shards);
  }

  Delivery decode(EntryBatch batch, int index, boolean redelivered) {
    Position position = batch.position(index);
    int shard = batch.shard(index);
    if (!batch.hasData(index)) {
      Rejection why =
          new Rejection(
              Delivery.Malformed.UNKNOWN_PROVIDER, DeadLetter.MALFORMED, "no field 'data'");
      return malformed(shard, position, redelivered, why, new byte[0]);
    }
    MarketEvent event = codec.decode(batch.bytes(), batch.start(index), batch.end(index));
    if (event == null) {
      return malformed(shard, position, redelivered, codec.rejection(), batch.copyOf(index));
    }
    int home = router.shardOf(event);
    if (home != shard && home != ShardRouter.EVERY) {
      return malformed(shard, position, redelivered, foreign(event, home), batch.copyOf(index));
    }
    return new Delivery.Decoded(
        shard, position, StreamIds.appendMicros(position), redelivered, event);
  }

  /// As above, for an entry that was read on its own.
  ///
  /// @param checkShard false for what is not in its own topic, such as a dead letter
  Delivery decode(int shard, Position position, byte[] data, boolean checkShard) {
    MarketEvent event = codec.decode(data);
    if (event == null) {
      return malformed(shard, position, false, codec.rejection(), data);
    }
    int home = router.shardOf(event);
    if (checkShard && home != shard && home != ShardRouter.EVERY) {
      return malformed(shard, position, false, foreign(event, home), data);
    }
    return new Delivery.Decoded(shard, position, StreamIds.appendMicros(position), false, event);
  }

  private Rejection foreign(MarketEvent event, int home) {
    return new Rejection(
        event.provider(),
        DeadLetter.WRONG_SHARD,
        "belongs to shard " + home + " of " + shards + "; does its producer use as many shards?");
  }

  private static Delivery malformed(
      int shard, Position position, boolean redelivered, Rejection why, byte[] data) {
    return new Delivery.Malformed(
        shard,
        position,
        StreamIds.appendMicros(position),
        redelivered,
        why.provider(),
        why.reason(),
        why.detail(),
        data);
  }
}

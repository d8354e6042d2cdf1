package dev.mdp.bus;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.bus.codec.Rejection;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.metrics.BusMetrics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes deliveries out of entries: decodes them and checks that they are in the right shard. One
/// thread.
public final class DeliveryDecoder {
  /// What is kept of an entry that is too large.
  private static final int BEGINNING = 1_024;

  private static final byte[] NOTHING = {};

  private final EventCodec codec = new EventCodec();
  private final ShardRouter router;
  private final int shards;
  private final BusMetrics metrics;
  private long leapSeconds;

  /// @param metrics counts what was read otherwise than it was written
  public DeliveryDecoder(int shards, BusMetrics metrics) {
    this.shards = shards;
    this.metrics = metrics;
    this.router = new ShardRouter(shards);
  }

  /// The entry whose payload is `bytes` from `from` (inclusive) to `to` (exclusive).
  public Delivery decode(
      int shard,
      Position position,
      long appendMicros,
      boolean redelivered,
      byte[] bytes,
      int from,
      int to) {
    if (to - from > EventCodec.MAX_BYTES) {
      byte[] beginning = Arrays.copyOfRange(bytes, from, from + BEGINNING);
      return tooLarge(shard, position, appendMicros, redelivered, beginning);
    }
    MarketEvent event = codec.decode(bytes, from, to);
    if (codec.leapSeconds() != leapSeconds) {
      leapSeconds = codec.leapSeconds();
      metrics.error("codec", "leap_second");
    }
    Rejection why = event == null ? codec.rejection() : foreign(event, shard);
    if (event == null || why != null) {
      byte[] data = Arrays.copyOfRange(bytes, from, to);
      return malformed(shard, position, appendMicros, redelivered, why, data);
    }
    return new Delivery.Decoded(shard, position, appendMicros, redelivered, event);
  }

  /// The entry that is longer than any event may be, of which only the beginning is kept.
  public Delivery tooLarge(
      int shard, Position position, long appendMicros, boolean redelivered, byte[] beginning) {
    Rejection why =
        new Rejection(
            Delivery.Malformed.UNKNOWN_PROVIDER, DeadLetter.TOO_LARGE, EventCodec.TOO_LONG);
    return malformed(shard, position, appendMicros, redelivered, why, beginning);
  }

  /// The entry that has no payload.
  public Delivery empty(
      int shard, Position position, long appendMicros, boolean redelivered, String detail) {
    Rejection why =
        new Rejection(Delivery.Malformed.UNKNOWN_PROVIDER, DeadLetter.MALFORMED, detail);
    return malformed(shard, position, appendMicros, redelivered, why, NOTHING);
  }

  /// An entry that someone looks at. A dead letter's payload is not classified by the shard it lies
  /// in.
  public Delivery decode(LogEntry entry) {
    boolean isDeadLetter =
        entry.fields().containsKey("reason") && entry.fields().containsKey("position");
    MarketEvent event = codec.decode(entry.data());
    Rejection why =
        event == null ? codec.rejection() : isDeadLetter ? null : foreign(event, entry.shard());
    if (event == null || why != null) {
      return malformed(
          entry.shard(), entry.position(), entry.appendMicros(), false, why, entry.data());
    }
    return new Delivery.Decoded(
        entry.shard(), entry.position(), entry.appendMicros(), false, event);
  }

  private @Nullable Rejection foreign(MarketEvent event, int shard) {
    int home = router.shardOf(event);
    return home == shard || home == ShardRouter.EVERY
        ? null
        : new Rejection(
            event.provider(),
            DeadLetter.WRONG_SHARD,
            "belongs to shard "
                + home
                + " of "
                + shards
                + "; does its producer use as many shards?");
  }

  private Delivery malformed(
      int shard,
      Position position,
      long appendMicros,
      boolean redelivered,
      @Nullable Rejection why,
      byte[] data) {
    Rejection said = why == null ? codec.rejection() : why;
    return new Delivery.Malformed(
        shard,
        position,
        appendMicros,
        redelivered,
        said.provider(),
        said.reason(),
        said.detail(),
        data);
  }
}

package dev.mdp.bus.codec;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// Wire version 1: events to UTF-8 JSON and back. One thread; one codec per reader or writer.
///
/// What the reader takes: known fields in any order, unknown ones whatever their value, null like
/// absent, `price` for `c` and `size` for `v`, a missing `ver` as 1, a missing `kind` as tick, any
/// 64-bit `seq` but the smallest, a missing or unreadable `ingest_ts` as `src_ts`. Numbers are JSON
/// numbers only, and [usable][Tick#isUsable] ones; -0.0 becomes 0.0. `event_id` is not looked at.
/// Times are truncated to microseconds. Providers, lanes and symbols come out as shared instances.
public final class EventCodec {
  /// Longer entries are refused.
  public static final int MAX_BYTES = 64 * 1024;

  public static final String TOO_LONG = "longer than " + MAX_BYTES + " bytes";

  private final Vocabulary vocabulary = new Vocabulary();
  private final TimestampParser times = new TimestampParser();
  private final PredictedReader predicted = new PredictedReader(vocabulary, times);
  private final JsonEventReader reference = new JsonEventReader();
  private final EventValidator validator = new EventValidator(vocabulary, times);
  private final EventEncoder encoder = new EventEncoder();
  private Rejection rejection =
      new Rejection(Delivery.Malformed.UNKNOWN_PROVIDER, DeadLetter.MALFORMED, "nothing read");

  /// The event as one line of JSON. Throws [IllegalArgumentException] for an event that the reader
  /// would refuse (a price that is not finite, a bad name).
  public byte[] encode(MarketEvent event) {
    return encoder.encode(event);
  }

  public @Nullable MarketEvent decode(byte[] data) {
    return decode(data, 0, data.length);
  }

  /// The event in these bytes, or null when they are none: then [#rejection] says why.
  public @Nullable MarketEvent decode(byte[] data, int from, int to) {
    if (to - from > MAX_BYTES) {
      rejection =
          new Rejection(Delivery.Malformed.UNKNOWN_PROVIDER, DeadLetter.TOO_LARGE, TOO_LONG);
      return null;
    }
    Tick tick = predicted.read(data, from, to);
    if (tick != null) {
      return tick;
    }
    MarketEvent event = decodeByReference(data, from, to);
    if (event instanceof Tick) {
      predicted.learn(data, from, to);
    }
    return event;
  }

  /// How many times of a leap second were read; each is the last microsecond before it.
  public long leapSeconds() {
    return times.leapSeconds();
  }

  /// Why the last entry that was refused is not an event.
  public Rejection rejection() {
    return rejection;
  }

  /// As [#decode(byte\[\], int, int)], without prediction.
  @Nullable MarketEvent decodeByReference(byte[] data, int from, int to) {
    String fault = reference.read(data, from, to);
    if (fault != null) {
      String provider = validator.provider(reference.fields());
      rejection =
          new Rejection(
              provider == null ? Delivery.Malformed.UNKNOWN_PROVIDER : provider,
              DeadLetter.MALFORMED,
              fault);
      return null;
    }
    MarketEvent event = validator.validate(reference.fields());
    if (event == null && validator.rejection() instanceof Rejection why) {
      rejection = why;
    }
    return event;
  }
}

package dev.mdp.core.bus;

import java.util.List;

/// An entry that a group could not use, on its way to `<topic>.dlq`. Its identity is (group, topic,
/// shard, position).
///
/// @param reason one of the constants below, a single word for filters and metrics
/// @param detail what exactly is wrong, for people
/// @param intervals the intervals that missed a `sealed` event, as canonical texts; empty otherwise
/// @param data the raw bytes of the entry, or the event encoded again when only that is left
/// @param atMicros when it was judged, microseconds since the epoch
/// @param lateMillis how far a `sealed` event was behind its feed's watermark; [#NOT_LATE] else
public record DeadLetter(
    String group,
    String topic,
    int shard,
    Position position,
    String provider,
    String reason,
    String detail,
    List<String> intervals,
    byte[] data,
    long atMicros,
    long lateMillis) {
  public static final long NOT_LATE = -1;

  /// Not JSON, or not an object, or duplicate keys, or no `data` field.
  public static final String MALFORMED = "malformed";

  /// Longer than any event may be: only the beginning of its bytes is kept.
  public static final String TOO_LARGE = "too_large";

  public static final String UNKNOWN_VERSION = "unknown_version";
  public static final String UNKNOWN_KIND = "unknown_kind";
  public static final String BAD_PROVIDER = "bad_provider";
  public static final String BAD_SYMBOL = "bad_symbol";
  public static final String BAD_PRICE = "bad_price";
  public static final String BAD_SIZE = "bad_size";
  public static final String BAD_TIME = "bad_time";
  public static final String BAD_FIELD = "bad_field";
  public static final String WRONG_SHARD = "wrong_shard";
  public static final String FUTURE = "future";
  public static final String SEALED = "sealed";
  public static final String INTERVAL_CONFLICT = "interval_conflict";
  public static final String REFUSED_BY_STORE = "refused_by_store";

  /// The shard has as many lanes as it may have, and the event is of another one.
  public static final String TOO_MANY_LANES = "too_many_lanes";

  /// What makes two letters the same one, however often it was written.
  public record Identity(String group, String topic, int shard, Position position) {}

  /// Of an event that was not late.
  public DeadLetter(
      String group,
      String topic,
      int shard,
      Position position,
      String provider,
      String reason,
      String detail,
      List<String> intervals,
      byte[] data,
      long atMicros) {
    this(
        group, topic, shard, position, provider, reason, detail, intervals, data, atMicros,
        NOT_LATE);
  }

  public DeadLetter {
    intervals = List.copyOf(intervals);
  }

  /// The same letter with these bytes.
  public DeadLetter withData(byte[] raw) {
    return new DeadLetter(
        group,
        topic,
        shard,
        position,
        provider,
        reason,
        detail,
        intervals,
        raw,
        atMicros,
        lateMillis);
  }

  public Identity identity() {
    return new Identity(group, topic, shard, position);
  }
}

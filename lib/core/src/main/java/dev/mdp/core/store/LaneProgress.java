package dev.mdp.core.store;

import dev.mdp.core.event.Interval;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far one `(provider, lane)` of a shard has come.
///
/// @param watermarkMicros the highest event time seen; `Long.MIN_VALUE` before the first
/// @param lastAppendMicros when its last entry was appended to the log
/// @param sealedThrough per interval: every window that ends at or before it is sealed; never goes
///   back
/// @param ended whether a `kind: end` was read
/// @param conflicting how many windows met a fuller or different bar of another lane
public record LaneProgress(
    String provider,
    String lane,
    long watermarkMicros,
    long lastAppendMicros,
    SortedMap<Interval, Long> sealedThrough,
    boolean ended,
    long conflicting) {
  public LaneProgress {
    sealedThrough = new TreeMap<>(sealedThrough);
  }
}

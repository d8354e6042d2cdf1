package dev.mdp.ops.feed;

import java.util.EnumMap;

/// The seconds of a series' time: each has one word. One thread.
public final class TimeLedger {
  private final long from;
  private final long to;
  private final EnumMap<TimeWord, Long> seconds = new EnumMap<>(TimeWord.class);

  /// @param from the first second since the epoch
  /// @param to exclusive; not before `from`
  TimeLedger(long from, long to) {
    this.from = from;
    this.to = to;
  }

  void add(TimeWord word, long more) {
    seconds.merge(word, more, Long::sum);
  }

  public long from() {
    return from;
  }

  public long to() {
    return to;
  }

  public long of(TimeWord word) {
    return seconds.getOrDefault(word, 0L);
  }

  public long length() {
    return to - from;
  }

  /// Whether each second has one word.
  public boolean addsUp() {
    return length() == seconds.values().stream().mapToLong(Long::longValue).sum();
  }
}

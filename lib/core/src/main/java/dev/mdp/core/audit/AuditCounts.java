package dev.mdp.core.audit;

import java.util.EnumMap;
import java.util.Map;

/// How many windows got which verdict. One thread.
public final class AuditCounts {
  private final EnumMap<BarVerdict, Long> windows = new EnumMap<>(BarVerdict.class);
  private long ticks;

  public void add(BarVerdict verdict, long more) {
    windows.merge(verdict, more, Long::sum);
  }

  public void addTicks(long more) {
    ticks += more;
  }

  public long of(BarVerdict verdict) {
    return windows.getOrDefault(verdict, 0L);
  }

  /// Windows with a bar, with ticks, or with both.
  public long checked() {
    return windows.values().stream().mapToLong(Long::longValue).sum();
  }

  public long findings() {
    return windows.entrySet().stream()
        .filter(each -> each.getKey().isFinding())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Ticks that were read.
  public long ticks() {
    return ticks;
  }
}

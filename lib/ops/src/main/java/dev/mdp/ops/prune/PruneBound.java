package dev.mdp.ops.prune;

import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Up to where rows may go: not past what a worker may still need, and only whole windows of every
/// interval, so that no bar is left with half of its ticks.
///
/// @param micros exclusive; a bound of every interval's windows
/// @param reasons why it is earlier than what was asked for, a line each
public record PruneBound(long micros, List<String> reasons) {
  public PruneBound {
    reasons = List.copyOf(reasons);
  }

  public static PruneBound of(
      long wanted, Collection<Interval> intervals, List<CheckpointStatus> checkpoints) {
    long bound = wanted;
    List<String> reasons = new ArrayList<>();
    for (CheckpointStatus row : checkpoints) {
      for (LaneProgress lane : row.checkpoint().lanes()) {
        long sealed = sealed(lane);
        if (!lane.ended() && sealed < bound) {
          bound = Math.max(sealed, Micros.MIN);
          reasons.add(
              "held back to %s: %s needs %s%s from there on"
                  .formatted(
                      Micros.instant(bound),
                      row.key(),
                      lane.provider(),
                      lane.lane().isEmpty() ? "" : " in lane " + lane.lane()));
        }
      }
    }
    long snapped = snapped(bound, intervals);
    if (snapped < bound) {
      reasons.add(
          "moved to %s, a bound of the windows of %s"
              .formatted(Micros.instant(Math.max(snapped, Micros.MIN)), intervals));
    }
    return new PruneBound(Math.max(snapped, Micros.MIN), reasons);
  }

  /// Of the interval that is least far; a lane without intervals holds nothing.
  private static long sealed(LaneProgress lane) {
    return lane.sealedThrough().values().stream()
        .mapToLong(Long::longValue)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /// The latest bound of the windows of every interval at or before this one; where there is none
  /// within reach, so early that nothing goes.
  private static long snapped(long bound, Collection<Interval> intervals) {
    Map<Boolean, List<Interval>> byWeeks =
        intervals.stream().collect(Collectors.partitioningBy(Interval::isWeeks));
    long common = commonMicros(byWeeks.getOrDefault(false, List.of()));
    List<Interval> weeks = byWeeks.getOrDefault(true, List.of());
    if (weeks.isEmpty()) {
      return Math.floorDiv(bound, common) * common;
    }
    long step = commonMicros(weeks);
    long sinceMonday = bound - Interval.FIRST_MONDAY;
    long at = Math.floorDiv(sinceMonday, step) * step + Interval.FIRST_MONDAY;
    while (at > Micros.MIN && at % common != 0) {
      at -= step;
    }
    return at;
  }

  /// The shortest time that is a whole number of windows of each interval; where there is none
  /// within reach, so long that nothing goes.
  private static long commonMicros(Collection<Interval> intervals) {
    long common = 1;
    for (Interval interval : intervals) {
      long factor = interval.micros() / Interval.greatestDivisor(common, interval.micros());
      if (factor > (Micros.MAX - Micros.MIN) / common) {
        return Micros.MAX - Micros.MIN;
      }
      common *= factor;
    }
    return common;
  }
}

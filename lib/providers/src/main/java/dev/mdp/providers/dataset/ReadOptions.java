package dev.mdp.providers.dataset;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Names;

/// How one run reads a dataset.
///
/// @param lane the run's lane; never empty, so that history does not disturb live windows
/// @param fromMicros inclusive event time; [Micros#MIN] for the beginning
/// @param toMicros exclusive event time; [Micros#MAX] for the end
/// @param allowLateMicros how far a row may be behind the newest row before it in its file; rows
///   within it are put in order, one beyond it is refused. Not used with `sort`
/// @param sort whether files in any order are sorted first, in temporary files when they are large
public record ReadOptions(
    String lane, long fromMicros, long toMicros, long allowLateMicros, boolean sort) {
  private static final long MAX_ALLOW_LATE_MICROS = 366L * 86_400_000_000L;

  public ReadOptions {
    if (!Names.isValid(lane)) {
      throw new ConfigException(
          "a dataset is always read into a lane: '" + lane + "' is not a lane name");
    }
    if (fromMicros >= toMicros) {
      throw new ConfigException(
          "--from " + time(fromMicros) + " is not before --to " + time(toMicros));
    }
    if (allowLateMicros < 0 || allowLateMicros > MAX_ALLOW_LATE_MICROS) {
      throw new ConfigException(
          "allow_late_ms: must be from 0 ms to 366 days, was " + allowLateMicros + " µs");
    }
  }

  /// Everything, in the order of the files.
  public static ReadOptions all(String lane, long allowLateMicros) {
    return new ReadOptions(lane, Micros.MIN, Micros.MAX, allowLateMicros, false);
  }

  boolean wants(long micros) {
    return micros >= fromMicros && micros < toMicros;
  }

  private static String time(long micros) {
    return Micros.inRange(micros) ? Micros.format(micros) : micros + " µs";
  }
}

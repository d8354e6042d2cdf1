package dev.mdp.config.read;

import dev.mdp.core.event.Interval;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/// Reads the times and lengths of time of one section.
public final class TimeScalars {
  private final ScalarLookup lookup;

  TimeScalars(ScalarLookup lookup) {
    this.lookup = lookup;
  }

  /// A duration such as `24h`.
  public Interval interval(String key, Interval fallback) {
    return lookup.read(key, fallback, given -> Interval.parseLength(given.text()));
  }

  /// A duration that may be absent.
  public Optional<Interval> optionalInterval(String key) {
    return lookup.optional(key, given -> Interval.parseLength(given.text()));
  }

  /// The length of a window such as `2s`, or `1w`.
  public Interval window(String key, Interval fallback) {
    return optionalWindow(key).orElse(fallback);
  }

  /// The length of a window that may be absent.
  public Optional<Interval> optionalWindow(String key) {
    return lookup.optional(key, given -> Interval.parse(given.text()));
  }

  /// A time such as `2025-10-24T14:00:00Z`, or a date, that may be absent. YAML reads some of them
  /// as dates: all are taken as written.
  public Optional<Instant> optionalTime(String key) {
    return lookup.optional(key, given -> ScalarKinds.time(given.text()));
  }

  /// A time of day such as `09:30` that may be absent. YAML reads some of them as numbers: all are
  /// taken as written.
  public Optional<LocalTime> optionalTimeOfDay(String key) {
    return lookup.optional(key, given -> ScalarKinds.timeOfDay(given.text()));
  }

  /// A time of day that must be there; empty after a problem.
  public Optional<LocalTime> timeOfDay(String key, String example) {
    return lookup.required(
        key, Optional.empty(), given -> Optional.of(ScalarKinds.timeOfDay(given.text())), example);
  }
}

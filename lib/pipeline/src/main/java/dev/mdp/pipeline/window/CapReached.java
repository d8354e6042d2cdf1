package dev.mdp.pipeline.window;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Interval;
import java.util.Collection;

/// The end of a shard whose memory cap is reached with only open windows left: it names the cap,
/// the interval and about the figure that would be needed.
final class CapReached {
  private CapReached() {}

  static ConfigException by(WindowSettings settings, Collection<LaneWindows> lanes) {
    Interval longest = settings.longest();
    long span = longest.micros() + settings.allowLateMicros();
    long covered = 1;
    for (LaneWindows lane : lanes) {
      if (lane.open().retention().oldest() != Long.MAX_VALUE) {
        covered = Math.max(covered, lane.watermark() - lane.open().retention().oldest());
      }
    }
    double needed = (double) settings.maxRetainedEvents() * Math.max(1.0, (double) span / covered);
    return new ConfigException(
        settings.section()
            + ".max_retained_events: "
            + settings.maxRetainedEvents()
            + " distinct events are in memory and all of them belong to open windows; the interval "
            + longest
            + " at this rate needs about "
            + (long) Math.ceil(needed * 1.25)
            + ". Raise the cap (and -Xmx by 64 bytes an event), or build "
            + longest
            + " from a finer interval");
  }
}

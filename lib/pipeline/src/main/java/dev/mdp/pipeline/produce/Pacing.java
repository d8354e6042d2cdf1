package dev.mdp.pipeline.produce;

import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How fast history is sent: `speed` seconds of event time a second, counted from the first event.
/// One thread.
public final class Pacing {
  /// As fast as the bus takes it.
  public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

  private final double speed;
  private final InstantSource clock;
  private @Nullable Instant begun;
  private long firstMicros;

  public Pacing(double speed, InstantSource clock) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("a speed is positive, was " + speed);
    }
    this.speed = speed;
    this.clock = clock;
  }

  /// How long until this event is due; zero or negative when it is.
  Duration untilDue(MarketEvent event) {
    if (speed == MAX_SPEED) {
      return Duration.ZERO;
    }
    long at = srcMicros(event);
    Instant now = clock.instant();
    if (begun == null) {
      begun = now;
      firstMicros = at;
    }
    long after = (long) ((at - firstMicros) / speed);
    return Duration.between(now, begun.plus(after, ChronoUnit.MICROS));
  }

  private static long srcMicros(MarketEvent event) {
    return switch (event) {
      case Tick tick -> tick.srcMicros();
      case BarEvent bar -> bar.bar().endMicros();
      case LaneEnd _ -> Long.MIN_VALUE / 2;
    };
  }
}

package dev.mdp.providers.net;

import dev.mdp.core.event.Micros;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that passes only while the feed waits, and what is to happen in it. One thread.
final class VirtualTime implements FeedTime {
  private record Event(long atNanos, long order, Runnable action) {}

  private final ManualClock clock = ManualClock.at("2026-03-02T14:00:00Z");
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparing(Event::order));
  private long nanos;
  private long order;
  private boolean woken;

  ManualClock clock() {
    return clock;
  }

  void after(Duration delay, Runnable action) {
    events.add(new Event(nanos + delay.toNanos(), order++, action));
  }

  /// Happens again and again, for the first time after one period.
  void every(Duration period, Runnable action) {
    after(
        period,
        () -> {
          action.run();
          every(period, action);
        });
  }

  @Override
  public long micros() {
    return Micros.of(clock.instant());
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void await(Duration most) {
    long end = nanos + most.toNanos();
    while (!woken && !events.isEmpty() && events.peek().atNanos <= end) {
      Event next = events.remove();
      moveTo(next.atNanos);
      next.action.run();
    }
    if (!woken) {
      moveTo(end);
    }
    woken = false;
  }

  private void moveTo(long atNanos) {
    clock.advance(Duration.ofNanos(atNanos - nanos));
    nanos = atNanos;
  }

  @Override
  public void wake() {
    woken = true;
  }
}

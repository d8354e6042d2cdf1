package dev.mdp.providers.synthetic;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.EventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Random walks at a fixed rate, in `(src_ts, symbol)` order. A tick's event time is the time it
/// was due at, never the time it was made at, and no two ticks share one, so `seq` is always 0.
///
/// After a stall the ticks of the last second are made up for; older ones are skipped and counted,
/// and the schedule continues where it would be. Until a clock that was set back has reached the
/// schedule again, nothing is due: event time does not go back. One thread; nothing to close.
public final class SyntheticSource implements EventSource {
  static final long MAX_BACKLOG_MICROS = 1_000_000;

  private final String provider;
  private final String lane;
  private final Symbol[] symbols;
  private final RandomWalk[] walks;
  private final long[] pendingSteps;
  private final Schedule schedule;
  private final InstantSource clock;
  private final boolean paced;

  private long remaining;
  private Skipped skipped = Skipped.NONE;

  /// Ticks that were never made: at the time when they were due, nothing could be sent.
  ///
  /// @param fromMicros when the first of them was due
  /// @param toMicros when the first tick after the last of them was due
  public record Skipped(long count, long fromMicros, long toMicros) {
    static final Skipped NONE = new Skipped(0, 0, 0);

    Skipped plus(long more, long from, long to) {
      return new Skipped(count + more, count == 0 ? from : fromMicros, to);
    }

    /// For the operator.
    public String words() {
      return count == 0
          ? "skipped 0"
          : "skipped %d: due from %s to %s, when nothing could be sent (a live feed makes up for one second)"
              .formatted(count, Micros.format(fromMicros), Micros.format(toMicros));
    }
  }

  public SyntheticSource(SyntheticSettings settings, InstantSource clock) {
    this.provider = settings.provider();
    this.lane = settings.lane();
    this.clock = clock;
    this.remaining = settings.limit();
    this.symbols = settings.symbols().stream().sorted().toArray(Symbol[]::new);
    this.walks = new RandomWalk[symbols.length];
    this.pendingSteps = new long[symbols.length];
    for (int i = 0; i < symbols.length; i++) {
      walks[i] =
          new RandomWalk(
              settings.seed(), symbols[i], settings.priceVolatility(), settings.tickRate());
    }
    this.paced = settings.pace() instanceof Pace.WallClock;
    long start =
        switch (settings.pace()) {
          case Pace.WallClock _ -> nowMicros();
          case Pace.AsFastAsAsked(var first) -> Micros.of(first);
        };
    this.schedule = new Schedule(start, symbols.length, settings.tickRate());
  }

  @Override
  public List<MarketEvent> next(int max) {
    long now = paced ? nowMicros() : Micros.MAX - 1;
    if (paced) {
      skipBefore(now - MAX_BACKLOG_MICROS);
    }
    if (remaining == 0 || schedule.dueMicros() > now) {
      return List.of();
    }
    List<MarketEvent> due = new ArrayList<>((int) Math.min(Math.min(max, remaining), 1024));
    while (due.size() < max && remaining > 0 && schedule.dueMicros() <= now) {
      due.add(tick(schedule.slot(), schedule.dueMicros(), paced ? now : schedule.dueMicros()));
      schedule.advance();
      remaining--;
    }
    return due;
  }

  @Override
  public boolean exhausted() {
    return remaining == 0 || !Micros.inRange(schedule.dueMicros());
  }

  @Override
  public Duration untilNext() {
    if (!paced || exhausted()) {
      return Duration.ZERO;
    }
    return Duration.of(Math.max(0, schedule.dueMicros() - nowMicros()), ChronoUnit.MICROS);
  }

  /// The ticks that were never made because they were due more than a second ago.
  public Skipped skipped() {
    return skipped;
  }

  @Override
  public void close() {}

  private Tick tick(int slot, long dueMicros, long ingestMicros) {
    RandomWalk walk = walks[slot];
    walk.step(1 + pendingSteps[slot]);
    pendingSteps[slot] = 0;
    return new Tick(
        provider,
        lane,
        symbols[slot],
        dueMicros,
        0,
        walk.price(),
        walk.size(),
        walk.bid(),
        walk.ask(),
        ingestMicros);
  }

  private void skipBefore(long micros) {
    long missed = schedule.countBefore(micros);
    if (missed == 0 || remaining == 0) {
      return;
    }
    long due = schedule.dueMicros();
    int first = schedule.slot();
    for (int i = 0; i < symbols.length; i++) {
      long missedOfSymbol = missed / symbols.length + (i < missed % symbols.length ? 1 : 0);
      pendingSteps[(first + i) % symbols.length] += missedOfSymbol;
    }
    schedule.skip(missed);
    skipped = skipped.plus(missed, due, schedule.dueMicros());
  }

  private long nowMicros() {
    return Micros.of(clock.instant());
  }
}

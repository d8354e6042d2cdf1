package dev.mdp.features.window;

import dev.mdp.core.event.Interval;
import dev.mdp.features.statistic.Limbs;
import java.util.List;

/// The slices of one symbol as far back as the longest window looks from the last evaluation, the
/// windows over them, and the last price before them: a function of the set of slices, whatever
/// their order. One thread.
public final class SliceHistory {
  private final HistoryPlan plan;
  private final long barMicros;
  private final Timeline<Slice> slices = new Timeline<>();
  private final List<HorizonWindow> horizons;
  private final EvaluationBars bars;
  private final List<ReturnsWindow> returns;
  private LastPrice lastPrice = LastPrice.NONE;

  /// The last price that was restored. Slices from before it may come again, because a horizon is
  /// longer now than it was; for that one they tell what this one cannot.
  private LastPrice restored = LastPrice.NONE;

  private long lastEnd = Long.MIN_VALUE;

  public SliceHistory(HistoryPlan plan) {
    this.plan = plan;
    barMicros = plan.barMicros();
    horizons = plan.horizons().stream().map(each -> new HorizonWindow(each, slices)).toList();
    bars = new EvaluationBars(plan.every(), slices);
    Limbs limbs = new Limbs();
    returns = plan.returns().stream().map(each -> bars.window(each, limbs)).toList();
  }

  /// Continues after this evaluation; no slices have been put.
  ///
  /// @param saved the last price as it was then
  public void restore(LastPrice saved, long savedLastEnd) {
    if (slices.size() > 0 || lastEnd != Long.MIN_VALUE) {
      throw new IllegalStateException("restore the state before slices are put");
    }
    restored = saved;
    lastEnd = savedLastEnd;
  }

  /// Takes a new slice, or the one that replaces the slice with the same start.
  public void put(Slice slice) {
    long start = slice.startMicros();
    Interval length = plan.slice();
    if (length.start(start) != start) {
      throw new IllegalArgumentException(
          "a slice of " + length + " must start at a multiple of it, was " + start + " µs");
    }
    if (start < retainedFrom()) {
      lastPrice = lastPrice.or(start + length.micros(), slice.close());
      return;
    }
    int place = slices.lowerBound(start);
    if (slices.startsAt(place, start)) {
      Slice former = slices.get(place);
      slices.set(place, slice);
      for (HorizonWindow window : horizons) {
        window.replaced(former, slice);
      }
    } else {
      slices.insert(place, slice);
      for (HorizonWindow window : horizons) {
        window.put(slice);
      }
    }
    if (barMicros > 0) {
      bars.put(slice);
    }
  }

  /// Moves all windows to this end; returns the last price before it.
  ///
  /// @throws IllegalArgumentException when it is not the end of an evaluation window with a tick,
  ///   or not after the last one; nothing has happened then
  public double advance(long endMicros) {
    Interval every = plan.every();
    if (every.start(endMicros) != endMicros || endMicros <= lastEnd) {
      throw new IllegalArgumentException(
          "want a multiple of %s after %d µs, was %d µs".formatted(every, lastEnd, endMicros));
    }
    int last = slices.lowerBound(endMicros) - 1;
    if (last < 0 || slices.get(last).startMicros() < endMicros - every.micros()) {
      throw new IllegalArgumentException(
          "no tick in the window of " + every + " that ends at " + endMicros + " µs");
    }
    for (HorizonWindow window : horizons) {
      window.advance(endMicros);
    }
    bars.advance(endMicros);
    lastEnd = endMicros;
    return slices.get(last).close();
  }

  /// Forgets what no later evaluation looks at.
  public void forget() {
    int count = slices.lowerBound(retainedFrom());
    if (count > 0) {
      Slice last = slices.get(count - 1);
      lastPrice = lastPrice.or(last.startMicros() + plan.slice().micros(), last.close());
      slices.removeFirst(count);
      for (HorizonWindow window : horizons) {
        window.forgotten(count);
      }
    }
    if (barMicros > 0) {
      bars.forgetBefore(lastEnd - barMicros);
    }
  }

  public HorizonWindow horizon(int index) {
    return horizons.get(index);
  }

  public ReturnsWindow returns(int index) {
    return returns.get(index);
  }

  public LastPrice lastPrice() {
    return restored.or(lastPrice.endMicros(), lastPrice.price());
  }

  /// The last price at or before this window's start; NaN when none is known. The last price that
  /// was restored may be of a slice that does not come again, after others that did: the log was
  /// cut between them.
  public double reference(HorizonWindow window) {
    LastPrice before = restored.endMicros() <= window.from() ? lastPrice() : lastPrice;
    return window.reference(before, plan.slice().micros());
  }

  /// The last price before the retained history or before this time, whichever is later.
  public LastPrice lastPrice(long beforeMicros) {
    int count = slices.lowerBound(beforeMicros);
    if (count == 0) {
      return lastPrice();
    }
    Slice last = slices.get(count - 1);
    return lastPrice().or(last.startMicros() + plan.slice().micros(), last.close());
  }

  /// The end of the last evaluation, `Long.MIN_VALUE` before the first.
  public long lastEnd() {
    return lastEnd;
  }

  private long retainedFrom() {
    return lastEnd == Long.MIN_VALUE ? Long.MIN_VALUE : lastEnd - plan.horizon().micros();
  }
}

package dev.mdp.features.window;

import dev.mdp.features.statistic.CentralMoments;
import dev.mdp.features.statistic.Limbs;
import dev.mdp.features.statistic.Moments;
import org.jspecify.annotations.Nullable;

/// The log returns between the evaluation bars of `[T − bars · every, T)`. The first bar has no
/// return, because the bar before it is outside. One thread.
public final class ReturnsWindow extends HorizonSpan<EvaluationBar> {
  private final Moments moments;
  private long undefined;
  private @Nullable CentralMoments central;

  ReturnsWindow(ReturnsPlan plan, long every, Timeline<EvaluationBar> bars, Limbs limbs) {
    super(bars, plan.bars() * every);
    moments = new Moments(plan.order(), limbs);
  }

  /// Of the returns as they are now; null while one of them is not a number.
  public @Nullable CentralMoments central() {
    if (undefined > 0) {
      return null;
    }
    if (central == null) {
      central = moments.central();
    }
    return central;
  }

  @Override
  void entered(int place) {
    addReturn(place);
  }

  @Override
  void leaving(int place) {
    takeReturn(place + 1);
  }

  @Override
  void emptied() {
    moments.clear();
    undefined = 0;
    central = null;
  }

  /// Adds the return to the bar at this place, when both its bars are in the window.
  void addReturn(int place) {
    if (first() < place && place < end()) {
      double logReturn = logReturn(place);
      if (Double.isNaN(logReturn)) {
        undefined++;
      } else {
        moments.add(logReturn);
      }
      central = null;
    }
  }

  /// Takes it out again, before the bars change.
  void takeReturn(int place) {
    if (first() < place && place < end()) {
      double logReturn = logReturn(place);
      if (Double.isNaN(logReturn)) {
        undefined--;
      } else {
        moments.remove(logReturn);
      }
      central = null;
    }
  }

  private double logReturn(int place) {
    return entries().get(place).logReturn(entries().get(place - 1).close());
  }
}

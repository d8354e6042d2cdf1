package dev.mdp.features.window;

import dev.mdp.core.event.Interval;
import dev.mdp.features.statistic.Limbs;
import java.util.ArrayList;
import java.util.List;

/// The evaluation bars of one symbol: the last close of each window of `every` that has a slice.
/// One thread.
public final class EvaluationBars {
  private final Interval every;
  private final Timeline<Slice> slices;
  private final Timeline<EvaluationBar> bars = new Timeline<>();
  private final List<ReturnsWindow> windows = new ArrayList<>();

  public EvaluationBars(Interval every, Timeline<Slice> slices) {
    this.every = every;
    this.slices = slices;
  }

  /// A window over the last N windows of `every`, in which every bar lies wholly.
  public ReturnsWindow window(ReturnsPlan plan, Limbs limbs) {
    ReturnsWindow window = new ReturnsWindow(plan, every.micros(), bars, limbs);
    windows.add(window);
    return window;
  }

  /// A slice was put into the slices, or replaced there.
  void put(Slice slice) {
    long start = every.start(slice.startMicros());
    long end = start + every.micros();
    double close = slices.get(slices.lowerBound(end) - 1).close();
    int place = bars.lowerBound(start);
    if (bars.startsAt(place, start)) {
      change(place, close);
    } else {
      insert(place, new EvaluationBar(start, close));
    }
  }

  void advance(long endMicros) {
    for (ReturnsWindow window : windows) {
      window.advance(endMicros);
    }
  }

  void forgetBefore(long micros) {
    int count = bars.lowerBound(micros);
    bars.removeFirst(count);
    for (ReturnsWindow window : windows) {
      window.forgotten(count);
    }
  }

  private void change(int place, double close) {
    EvaluationBar bar = bars.get(place);
    if (Double.compare(bar.close(), close) == 0) {
      return;
    }
    for (ReturnsWindow window : windows) {
      window.takeReturn(place);
      window.takeReturn(place + 1);
    }
    bar.close(close);
    forgetReturn(place + 1);
    for (ReturnsWindow window : windows) {
      window.addReturn(place);
      window.addReturn(place + 1);
    }
  }

  private void insert(int place, EvaluationBar bar) {
    for (ReturnsWindow window : windows) {
      window.takeReturn(place);
    }
    bars.insert(place, bar);
    forgetReturn(place + 1);
    for (ReturnsWindow window : windows) {
      window.inserted(bar.startMicros());
      window.addReturn(place);
      window.addReturn(place + 1);
    }
  }

  private void forgetReturn(int place) {
    if (place < bars.size()) {
      bars.get(place).forgetReturn();
    }
  }
}

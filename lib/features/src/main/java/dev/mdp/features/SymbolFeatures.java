package dev.mdp.features;

import dev.mdp.features.statistic.CentralMoments;
import dev.mdp.features.statistic.RateOfChange;
import dev.mdp.features.statistic.Recursive;
import dev.mdp.features.window.HorizonWindow;
import dev.mdp.features.window.LastPrice;
import dev.mdp.features.window.Slice;
import dev.mdp.features.window.SliceHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The features of one symbol: slices go in, in any order, and at the close of each evaluation
/// window that has a tick one number per feature comes out. What looks back a horizon is a function
/// of the slices in it; what looks back a number of bars goes by their closes as they were when
/// they were evaluated. One thread.
public final class SymbolFeatures {
  private final FeatureSet set;
  private SliceHistory history;
  private List<Recursive> states;
  private double price = Double.NaN;

  SymbolFeatures(FeatureSet set) {
    this.set = set;
    history = new SliceHistory(set.plan());
    states = set.newStates();
  }

  /// Takes a new slice, or one that replaces the slice with the same start. A slice from before the
  /// horizon of the last evaluation only counts as the last price before it.
  ///
  /// @throws IllegalArgumentException when it does not start at a multiple of the slices' length
  public void put(Slice slice) {
    history.put(slice);
  }

  /// Computes all features over what is before this end, and forgets what no later evaluation
  /// needs.
  ///
  /// @param endMicros the end of an evaluation window with at least one tick, later than the last
  /// @param out takes the values in the order of [FeatureSet#names]; NaN is undefined, and no value
  ///   is infinite
  /// @throws IllegalArgumentException when it is no such end or `out` has another length; nothing
  ///   has changed then
  public void evaluate(long endMicros, double[] out) {
    evaluate(endMicros, Long.MIN_VALUE, out);
  }

  /// The same, where slices are missing before some time: a feature whose horizon begins before it
  /// is undefined.
  ///
  /// @param knownFromMicros from here on no slice is missing
  public void evaluate(long endMicros, long knownFromMicros, double[] out) {
    List<FeatureColumn> columns = set.columns();
    if (out.length != columns.size()) {
      throw new IllegalArgumentException(
          "want room for " + columns.size() + " values, was " + out.length);
    }
    price = history.advance(endMicros);
    for (Recursive state : states) {
      state.add(price);
    }
    for (int i = 0; i < out.length; i++) {
      FeatureColumn column = columns.get(i);
      boolean known = endMicros - column.horizonMicros() >= knownFromMicros;
      double value = known ? value(column) : Double.NaN;
      out[i] = Double.isFinite(value) ? value : Double.NaN;
    }
    history.forget();
  }

  /// The last price of the evaluation window that was evaluated last; NaN when none was.
  public double price() {
    return price;
  }

  /// The end that was evaluated last, before or after a restore; `Long.MIN_VALUE` when none was.
  public long lastEndMicros() {
    return history.lastEnd();
  }

  /// What the slices of the horizon cannot tell: averages, former closes, the last price before the
  /// horizon, and the end of the last evaluation.
  public byte[] recursiveState() {
    return RecursiveState.save(set, history.lastPrice(), history.lastEnd(), states);
  }

  /// The same, where slices before this time will not be put again: the last price of them is in
  /// the state too.
  public byte[] recursiveState(long beforeMicros) {
    return RecursiveState.save(set, history.lastPrice(beforeMicros), history.lastEnd(), states);
  }

  /// Forgets all slices and the last price before them; what looks back bars stays.
  public void restart() {
    long last = history.lastEnd();
    history = new SliceHistory(set.plan());
    history.restore(LastPrice.NONE, last);
  }

  /// Continues from what [#recursiveState] answered, when the slices of the horizon before its last
  /// evaluation are put again after this. States are kept per feature: a feature that was not there
  /// or had other periods or another `every` begins undefined.
  ///
  /// @return the features that look back bars and begin undefined
  /// @throws IllegalArgumentException when the bytes are no such state; nothing has changed then
  /// @throws IllegalStateException when slices were put already
  public List<String> restore(byte[] state) {
    RecursiveState restored = RecursiveState.restore(set, state);
    history.restore(restored.lastPrice(), restored.lastEnd());
    states = restored.states();
    return restored.fresh();
  }

  private double value(FeatureColumn column) {
    int slot = column.slot();
    return switch (column.kind()) {
      case VWAP -> history.horizon(slot).vwap();
      case RET -> change(history.horizon(slot));
      case OPEN -> history.horizon(slot).open();
      case HIGH -> history.horizon(slot).high();
      case LOW -> history.horizon(slot).low();
      case CLOSE -> history.horizon(slot).close();
      case VOLUME -> history.horizon(slot).volume();
      case RSI, MOM -> states.get(slot).value();
      case VOL, SKEW, KURT -> moment(column, history.returns(slot).central());
    };
  }

  private double change(HorizonWindow window) {
    return RateOfChange.between(history.reference(window), price);
  }

  private static double moment(FeatureColumn column, @Nullable CentralMoments central) {
    if (central == null) {
      return Double.NaN;
    }
    return switch (column.kind()) {
      case VOL -> central.sampleDeviation() * column.factor();
      case SKEW -> central.skewness();
      case KURT -> central.excessKurtosis();
      case VWAP, RET, RSI, MOM, OPEN, HIGH, LOW, CLOSE, VOLUME ->
          throw new AssertionError(column.kind() + " is not a moment");
    };
  }
}

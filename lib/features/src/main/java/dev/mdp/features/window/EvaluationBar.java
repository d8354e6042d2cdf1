package dev.mdp.features.window;

/// The close of one evaluation bar, and the log return from the bar before it. One thread.
final class EvaluationBar implements Timeline.Entry {
  private final long startMicros;
  private double close;
  private double logReturn;
  private boolean isReturnKnown;

  EvaluationBar(long startMicros, double close) {
    this.startMicros = startMicros;
    this.close = close;
  }

  @Override
  public long startMicros() {
    return startMicros;
  }

  double close() {
    return close;
  }

  void close(double newClose) {
    close = newClose;
    isReturnKnown = false;
  }

  /// The bar before it is another one, or has another close.
  void forgetReturn() {
    isReturnKnown = false;
  }

  /// ln(close / former close); NaN when there is no such number, because a close is not positive.
  double logReturn(double formerClose) {
    if (!isReturnKnown) {
      double ratio = close / formerClose;
      boolean defined = close > 0 && ratio > 0 && ratio < Double.POSITIVE_INFINITY;
      logReturn = defined ? StrictMath.log(ratio) : Double.NaN;
      isReturnKnown = true;
    }
    return logReturn;
  }
}

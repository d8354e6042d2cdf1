package dev.mdp.providers.dataset;

/// How a dataset writes event time (`unit`): a number since the epoch, or RFC 3339 text with
/// offset.
public enum TimeUnitName {
  S(6),
  MS(3),
  US(0),
  NS(-3),
  ISO(0);

  /// 10 to this power microseconds make one unit.
  final int microsPower;

  TimeUnitName(int microsPower) {
    this.microsPower = microsPower;
  }
}

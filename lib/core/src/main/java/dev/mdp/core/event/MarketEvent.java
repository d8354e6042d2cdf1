package dev.mdp.core.event;

/// What travels on the bus, wire version 1.
public sealed interface MarketEvent permits Tick, BarEvent, LaneEnd {
  /// The lane of live data. A replay or a dataset has its own lane.
  String LIVE = "";

  String provider();

  String lane();
}

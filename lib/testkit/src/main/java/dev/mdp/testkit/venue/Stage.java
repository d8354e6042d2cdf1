package dev.mdp.testkit.venue;

import java.util.concurrent.atomic.AtomicInteger;

/// What all connections of a venue share. Thread-safe.
///
/// @param policyCloses how many subscribe messages are still to be answered by a close
record Stage(
    Dialect dialect,
    VenueScript script,
    Market market,
    VenueClock clock,
    VenueLog log,
    PlannedFaults faults,
    AtomicInteger policyCloses) {

  /// @param changed told after each release and change of status
  static Stage of(
      Dialect dialect,
      Tape tape,
      VenueScript script,
      VenueClock clock,
      VenueLog log,
      Runnable changed) {
    return new Stage(
        dialect,
        script,
        new Market(tape, System::nanoTime, changed),
        clock,
        log,
        new PlannedFaults(script.faults()),
        new AtomicInteger(script.life().policyCloses));
  }

  /// Whether a subscribe message is answered by a close; uses up one of them.
  boolean closesByPolicy() {
    return policyCloses.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }
}

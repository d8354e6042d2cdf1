package dev.mdp.testkit.venue;

/// The unit of the times of one connection to Binance. One thread.
final class BinanceTimes {
  private final VenueClock clock;
  private final StreamScript.Times script;
  private final boolean microsAsked;
  private boolean micros;

  BinanceTimes(Session session) {
    this.clock = session.stage().clock();
    this.script = session.script().times;
    this.microsAsked = "MICROSECOND".equalsIgnoreCase(session.request().parameter("timeUnit"));
    this.micros = microsAsked && script != StreamScript.Times.MILLIS;
  }

  /// Continues with the next event.
  void next() {
    micros =
        switch (script) {
          case AS_ASKED -> microsAsked;
          case MILLIS -> false;
          case MIXED -> !micros;
        };
  }

  long of(long timeMicros) {
    return micros ? timeMicros : Math.floorDiv(timeMicros, 1_000L);
  }

  long now() {
    return of(clock.shownMicros());
  }
}

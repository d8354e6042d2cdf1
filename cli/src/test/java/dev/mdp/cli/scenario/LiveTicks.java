package dev.mdp.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Entries as other programs write them.
final class LiveTicks {
  private LiveTicks() {}

  /// The minimal tick.
  static String tick(String provider, String symbol, Instant time, long seq, double price) {
    return String.format(
        Locale.ROOT,
        "{\"provider\":\"%s\",\"symbol\":\"%s\",\"c\":%s,\"v\":1.25,\"seq\":%d,\"src_ts\":\"%s\"}",
        provider,
        symbol,
        price,
        seq,
        time);
  }

  /// Sends ticks, 100 ms of event time apart; returns the last entry's position.
  static String send(Scenario scenario, String provider, String symbol, Instant first, int count) {
    String position = "";
    for (int i = 0; i < count; i++) {
      position =
          scenario.xadd(
              tick(
                  provider, symbol, first.plus(Duration.ofMillis(100L * i)), i, 100 + i % 7 * 0.1));
    }
    return position;
  }
}

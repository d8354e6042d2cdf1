package dev.mdp.providers.history;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;

/// Whether a stored row can be an event again. What mdp stored can, but for the volume of a bar,
/// which may be larger than a size; other programs may have stored any double. Pure.
final class StoredNumbers {
  private StoredNumbers() {}

  /// Throws [DataException] with the row and its number.
  static Tick usable(Tick tick) {
    requireUsable("price", tick.price(), tick);
    requireUsableSize(tick);
    requireUsableOrAbsent("bid", tick.bid(), tick);
    requireUsableOrAbsent("ask", tick.ask(), tick);
    if (!Tick.isUsableSeq(tick.seq())) {
      throw new DataException(
          "the tick "
              + tick.eventId()
              + " in tick_data cannot be sent: no event may have this seq; correct or remove the row");
    }
    return tick;
  }

  /// Throws [DataException] with the row and its number.
  static Bar usable(Bar bar) {
    String row =
        "the bar %s|%s|%s|%s in bars_ohlcv"
            .formatted(
                bar.provider(), bar.symbol(), bar.interval(), Micros.format(bar.startMicros()));
    require(row, "open", bar.open());
    require(row, "high", bar.high());
    require(row, "low", bar.low());
    require(row, "close", bar.close());
    require(row, "volume", bar.volume());
    return bar;
  }

  private static void requireUsableSize(Tick tick) {
    requireUsableOrAbsent("size", tick.size(), tick);
    if (tick.size() < 0) {
      throw new DataException(
          "the tick %s in tick_data cannot be sent: its size is %s, want 0 or more; correct or remove the row"
              .formatted(tick.eventId(), tick.size()));
    }
  }

  private static void requireUsableOrAbsent(String what, double number, Tick tick) {
    if (!Double.isNaN(number)) {
      requireUsable(what, number, tick);
    }
  }

  private static void requireUsable(String what, double number, Tick tick) {
    if (!Tick.isUsable(number)) {
      require("the tick " + tick.eventId() + " in tick_data", what, number);
    }
  }

  private static void require(String row, String what, double number) {
    if (!Tick.isUsable(number)) {
      throw new DataException(
          "%s cannot be sent: its %s is %s, want %s; correct or remove the row, or leave it out of the range"
              .formatted(row, what, number, Tick.USABLE));
    }
  }
}

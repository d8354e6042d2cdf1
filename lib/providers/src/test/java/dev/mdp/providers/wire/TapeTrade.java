package dev.mdp.providers.wire;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.testkit.property.Choices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A trade of a venue that exists only in a test.
///
/// @param nanos its time, nanoseconds since the epoch
public record TapeTrade(Symbol symbol, long id, String price, String size, long nanos) {
  /// Trades with consecutive ids, some of them at one time.
  public static List<TapeTrade> tape(Choices choices, Symbol symbol, long firstId, int count) {
    List<TapeTrade> tape = new ArrayList<>(count);
    long nanos = 1_688_669_597_827_736_900L + choices.nextLong(1_000_000_000L);
    for (int i = 0; i < count; i++) {
      tape.add(
          new TapeTrade(
              symbol,
              firstId + i,
              (1 + choices.nextInt(90_000)) + "." + (10 + choices.nextInt(90)),
              "0." + String.format(Locale.ROOT, "%08d", 1 + choices.nextInt(9_999_999)),
              nanos));
      nanos += choices.onceIn(3) ? 0 : choices.nextLong(3_000_000);
    }
    return tape;
  }

  public long micros() {
    return Math.floorDiv(nanos, 1_000L);
  }

  public TradeMark mark() {
    return new TradeMark(id, micros());
  }

  public Tick tick(String provider, long receivedMicros) {
    return new Tick(
        provider,
        "",
        symbol,
        micros(),
        id,
        Double.parseDouble(price),
        Double.parseDouble(size),
        Tick.ABSENT,
        Tick.ABSENT,
        receivedMicros);
  }

  /// RFC 3339 with this many fraction digits.
  public String iso(int digits) {
    Instant time = Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    String seconds = time.toString().substring(0, 19);
    String fraction =
        String.format(Locale.ROOT, "%09d", nanos % 1_000_000_000L).substring(0, digits);
    return seconds + (digits == 0 ? "" : "." + fraction) + "Z";
  }
}

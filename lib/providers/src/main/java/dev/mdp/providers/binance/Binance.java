package dev.mdp.providers.binance;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.event.Micros;
import dev.mdp.providers.wire.CharNumbers;
import dev.mdp.providers.wire.UnreadableException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Where Binance is, and how it tells the time.
public final class Binance {
  public static final URI SOCKET = URI.create("wss://stream.binance.com:9443");

  /// The only host that has every trade by its id.
  public static final URI REST = URI.create("https://api.binance.com");

  /// For market data alone, where the other hosts are refused: it has aggregate trades by id.
  public static final URI DATA_SOCKET = URI.create("wss://data-stream.binance.vision");

  public static final URI DATA_REST = URI.create("https://data-api.binance.vision");

  /// What every request has to carry, so that its answer has microseconds.
  public static final Map<String, String> REST_HEADERS = Map.of("X-MBX-TIME-UNIT", "MICROSECOND");

  /// The year 2010, before there was a Binance: earlier ones are times in another unit.
  private static final long EARLIEST_MICROS = 1_262_304_000_000_000L;

  private Binance() {}

  /// The parser's value as a time in microseconds, or [CharNumbers#NO_TIME] for what is not a
  /// number. Throws [UnreadableException] for a number that can only be of another unit: nothing is
  /// wrong with that trade, so that it is not refused but asked for again.
  static long micros(JsonParser parser) throws IOException {
    long time = CharNumbers.whole(parser);
    if (time == CharNumbers.NO_NUMBER) {
      return CharNumbers.NO_TIME;
    }
    if (time < EARLIEST_MICROS || time >= Micros.MAX) {
      throw new UnreadableException(
          "the time %d is not in microseconds (is timeUnit=MICROSECOND, over REST the header"
                  .formatted(time)
              + " X-MBX-TIME-UNIT, on its way?)");
    }
    return time;
  }
}

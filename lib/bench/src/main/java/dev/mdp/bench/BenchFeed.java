package dev.mdp.bench;

import dev.mdp.bus.redis.RawLog;
import dev.mdp.core.event.Micros;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A stream of events that is always the same: entries of 285 bytes in the layout of the contract's
/// example, symbols in turn, event times evenly apart, and an `end` so that the last windows close.
///
/// @param provider exactly 12 characters, so that an entry has 285 bytes
/// @param symbols at most 10,000
/// @param perWindow events in 2 s of event time, of all symbols together
record BenchFeed(String topic, String provider, int symbols, int perWindow, long events) {
  static final int ENTRY_BYTES = 285;
  static final long WINDOW_MICROS = 2_000_000;

  private static final long FIRST_MICROS = Micros.parse("2025-10-24T00:00:00Z");
  private static final int BATCH = 500;

  BenchFeed {
    if (provider.length() != 12 || symbols < 1 || symbols > 10_000 || perWindow < 1 || events < 1) {
      throw new IllegalArgumentException(
          "not a feed: %s, %d symbols, %d a window, %d events"
              .formatted(provider, symbols, perWindow, events));
    }
  }

  /// 100,000 events a second of event time.
  static BenchFeed dense(String topic, String provider, int symbols, long events) {
    return new BenchFeed(topic, provider, symbols, 200_000, events);
  }

  /// 0.3 bars an event.
  static BenchFeed sparse(String topic, String provider, int symbols, long events) {
    return new BenchFeed(topic, provider, symbols, Math.ceilDiv(symbols * 10, 3), events);
  }

  /// Writes all entries and the end; returns how many entries the log has.
  long fill(String redisUri) {
    try (RawLog log = new RawLog(redisUri, topic)) {
      List<byte[]> batch = new ArrayList<>(BATCH);
      for (long i = 0; i < events; i++) {
        batch.add(entry(i));
        if (batch.size() == BATCH) {
          log.append(batch);
          batch.clear();
        }
      }
      batch.add(end());
      log.append(batch);
    }
    return events + 1;
  }

  /// The entry that closes the last windows.
  byte[] end() {
    return bytes("{\"ver\":1,\"provider\":\"" + provider + "\",\"kind\":\"end\"}");
  }

  /// What the table must have in the end, counted by the generator alone.
  Expected expected() {
    long volume = 0;
    long bars = 0;
    long[] last = new long[symbols];
    for (long i = 0; i < events; i++) {
      volume += size(i);
      int symbol = (int) (i % symbols);
      long window = micros(i) / WINDOW_MICROS + 1;
      if (last[symbol] != window) {
        last[symbol] = window;
        bars++;
      }
    }
    return new Expected(provider, bars, volume);
  }

  byte[] entry(long i) {
    String symbol = symbol((int) (i % symbols));
    String time = Micros.format(micros(i));
    long random = mixed(i);
    long cents = 1 + (random >>> 32) % 99;
    String price = "4" + two((random >>> 16 & 0xffff) % 100) + "." + two(cents);
    long seq = i % 10;
    return bytes(
        "{\"ver\":1,\"provider\":\""
            + provider
            + "\",\"symbol\":\""
            + symbol
            + "\",\"kind\":\"tick\",\"interval\":\"1s\",\"src_ts\":\""
            + time
            + "\",\"ingest_ts\":\""
            + time
            + "\",\"o\":"
            + price
            + ",\"h\":"
            + price
            + ",\"l\":"
            + price
            + ",\"c\":"
            + price
            + ",\"v\":"
            + size(i)
            + ",\"seq\":"
            + seq
            + ",\"event_id\":\""
            + provider
            + "|"
            + symbol
            + "|"
            + time
            + "|"
            + seq
            + "\"}");
  }

  static String symbol(int index) {
    return "S" + two(index / 100) + two(index % 100);
  }

  private long micros(long i) {
    return FIRST_MICROS + Math.multiplyExact(i, WINDOW_MICROS) / perWindow;
  }

  private static long size(long i) {
    return 100 + (mixed(i) & 0xffff) % 900;
  }

  /// SplitMix64's finalizer, without the sign.
  private static long mixed(long i) {
    long z = (i + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return (z ^ z >>> 31) >>> 1;
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

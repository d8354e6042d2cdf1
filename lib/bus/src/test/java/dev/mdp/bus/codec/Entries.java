package dev.mdp.bus.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Entries as different programs write them, and seeded ways of spoiling them.
final class Entries {
  /// The contract's example, compact.
  static final String CONTRACT =
      """
      {"ver":1,"provider":"ibkr_primary","symbol":"SPY","kind":"tick","interval":"1s",\
      "src_ts":"2025-10-24T14:02:01.234567Z","ingest_ts":"2025-10-24T14:02:01.300000Z",\
      "o":425.1,"h":425.2,"l":425.0,"c":425.15,"v":1200,"seq":183,\
      "event_id":"ibkr_primary|SPY|2025-10-24T14:02:01.234567Z|183"}\
      """;

  /// The least a tick needs.
  static final String MINIMAL =
      "{\"provider\":\"manual\",\"symbol\":\"SPY\",\"src_ts\":\"2025-10-24T14:02:01Z\",\"c\":1.5}";

  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "\"NaN\"",
          "NaN",
          "Infinity",
          "1e400",
          "-1e400",
          "-0.0",
          "-0",
          "0",
          "01",
          "1.",
          ".5",
          "+1",
          "-1",
          "1e5",
          "1E-7",
          "1e-400",
          "1e-100",
          "9.999999999999999e-101",
          "-1e-320",
          "0e-400",
          "-9223372036854775808",
          "-9223372036854775807",
          "9007199254740993",
          "123456789012345678901234567890",
          "0.1000000000000000055511151231257827",
          "[]",
          "{}",
          "[1,[2]]",
          "{\"a\":{\"b\":1}}",
          "\"2025-02-29T00:00:00Z\"",
          "\"2024-02-29T23:58:60Z\"",
          "\"2025-10-24t14:02:01.9999997z\"",
          "\"2025-10-24T14:02:01+05:30\"",
          "\"1899-12-31T00:00:00Z\"",
          "\"spy\"",
          "\"sp y\"",
          "\"sp   y\"",
          "\" spy\"",
          "\"^vix\"",
          "\"\u5e01\u5b89USDT\"",
          "\"\\u5e01\\u5b89usdt\"",
          "\"\ud842\udfb7\"",
          "\"\u00d6BB\"",
          "\"\u00ef\"",
          "\"a\\u0041\"",
          "\"a|b\"",
          "\"bar\"",
          "\"end\"",
          "\"tick\"",
          "1.0",
          "2",
          "\"1m\"",
          "18446744073709551615",
          "9223372036854775807",
          "1e2");

  private static final List<String> NAMES =
      List.of(
          "ver",
          "provider",
          "symbol",
          "kind",
          "interval",
          "src_ts",
          "ingest_ts",
          "o",
          "h",
          "l",
          "c",
          "price",
          "v",
          "size",
          "bid",
          "ask",
          "seq",
          "event_id",
          "lane",
          "x",
          "note");

  private Entries() {}

  static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /// A well-formed tick in the contract's layout, of exactly 285 bytes for usual prices.
  static String contractTick(RandomGenerator random, int symbol, long sequence) {
    String name = "S%04d".formatted(symbol);
    String price = "4%02d.%02d".formatted(random.nextInt(100), random.nextInt(1, 100));
    String time =
        "2025-10-24T14:%02d:%02d.%06d"
            .formatted(sequence / 60_000_000 % 60, sequence / 1_000_000 % 60, sequence % 1_000_000);
    return """
    {"ver":1,"provider":"ibkr_primary","symbol":"%s","kind":"tick","interval":"1s",\
    "src_ts":"%sZ","ingest_ts":"%sZ","o":%s,"h":%s,"l":%s,"c":%s,"v":%d,"seq":%d,\
    "event_id":"ibkr_primary|%s|%sZ|%d"}\
    """
        .formatted(
            name,
            time,
            time,
            price,
            price,
            price,
            price,
            random.nextInt(100, 1000),
            sequence % 10,
            name,
            time,
            sequence % 10);
  }

  /// An entry in a random layout with now and then an odd value, a repeated or a missing field.
  static String assembled(RandomGenerator random) {
    boolean spaced = random.nextInt(3) == 0;
    String colon = spaced ? ": " : ":";
    List<String> members = new ArrayList<>();
    for (String name : NAMES) {
      boolean needed =
          name.equals("provider")
              || name.equals("symbol")
              || name.equals("src_ts")
              || name.equals("c");
      if (needed ? random.nextInt(40) > 0 : random.nextInt(4) == 0) {
        members.add('"' + name + '"' + colon + value(random, name));
      }
      if (random.nextInt(200) == 0) {
        members.add('"' + name + '"' + colon + value(random, name));
      }
    }
    if (random.nextInt(4) == 0) {
      java.util.Collections.swap(
          members, random.nextInt(members.size()), random.nextInt(members.size()));
    }
    return '{' + String.join(spaced ? ", " : ",", members) + '}';
  }

  /// The entry with some bytes changed, left out, put in, or its end cut off.
  static byte[] mutated(RandomGenerator random, byte[] entry) {
    byte[] copy = entry.clone();
    switch (random.nextInt(5)) {
      case 0 -> copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      case 1 ->
          copy[random.nextInt(copy.length)] =
              (byte) "0123456789\"{}[],:.-+eEzZtT \\|".charAt(random.nextInt(28));
      case 2 -> copy = java.util.Arrays.copyOf(copy, random.nextInt(copy.length));
      case 3 -> copy = spliced(copy, random.nextInt(copy.length), 1, new byte[0]);
      default -> {
        String value = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
        copy = spliced(copy, random.nextInt(copy.length), random.nextInt(3), bytes(value));
      }
    }
    return copy;
  }

  /// The entry with one field's value replaced by an odd one, the layout kept.
  static String withOddValue(RandomGenerator random, String entry) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String value = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
    return entry.replaceFirst(
        "(\"" + name + "\": ?)(\"[^\"]*\"|[^,}\"]+)",
        "$1" + java.util.regex.Matcher.quoteReplacement(value));
  }

  private static byte[] spliced(byte[] data, int at, int removed, byte[] added) {
    int rest = Math.min(data.length, at + removed);
    byte[] result = new byte[at + added.length + data.length - rest];
    System.arraycopy(data, 0, result, 0, at);
    System.arraycopy(added, 0, result, at, added.length);
    System.arraycopy(data, rest, result, at + added.length, data.length - rest);
    return result;
  }

  private static String value(RandomGenerator random, String name) {
    if (random.nextInt(25) == 0) {
      return ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
    }
    return switch (name) {
      case "ver" -> "1";
      case "provider" ->
          random.nextBoolean() ? "\"ibkr_primary\"" : "\"p" + random.nextInt(5) + '"';
      case "symbol" -> random.nextBoolean() ? "\"SPY\"" : "\"xrp/" + random.nextInt(50) + '"';
      case "kind" -> "\"tick\"";
      case "interval" -> "\"1s\"";
      case "src_ts", "ingest_ts" -> time(random);
      case "seq" -> Long.toString(random.nextLong(-5, 100_000));
      case "lane" -> random.nextBoolean() ? "\"\"" : "\"replay-7\"";
      case "event_id", "note" -> "\"whatever\"";
      default -> number(random);
    };
  }

  private static String time(RandomGenerator random) {
    String fraction = random.nextBoolean() ? "" : ".123456789".substring(0, random.nextInt(2, 11));
    String zone = random.nextInt(3) == 0 ? "+02:30" : "Z";
    return "\"20%02d-%02d-%02dT%02d:%02d:%02d%s%s\""
        .formatted(
            random.nextInt(100),
            random.nextInt(1, 13),
            random.nextInt(1, 29),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            fraction,
            zone);
  }

  static String number(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> Integer.toString(random.nextInt(100_000));
      case 1 -> Double.toString(random.nextDouble());
      case 2 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(-30, 30)));
      case 3 -> random.nextInt(1000) + "." + random.nextInt(1_000_000_000);
      default ->
          Double.toString(
              Math.abs(Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL)));
    };
  }
}

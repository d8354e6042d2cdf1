package dev.mdp.bench.nemesis;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/// Entries that no consumer can use, each with a marker by which its dead letter is known.
final class Poison {
  static final Pattern MARKER = Pattern.compile("PX[0-9]+Q");

  private static final List<String> SHAPES =
      List.of(
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1,\"src_ts\":",
          "not even JSON %s",
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1e400,\"src_ts\":\"2026-01-01T00:00:00Z\"}",
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":\"NaN\",\"src_ts\":\"2026-01-01T00:00:00Z\"}",
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1,\"v\":-1,\"src_ts\":\"2026-01-01T00:00:00Z\"}",
          "{\"provider\":\"poison\",\"symbol\":\"%s \\u0007\",\"c\":1,\"src_ts\":\"2026-01-01T00:00:00Z\"}",
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1}",
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1,\"c\":2,\"src_ts\":\"2026-01-01T00:00:00Z\"}",
          "{\"ver\":99,\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1,\"src_ts\":\"2026-01-01T00:00:00Z\"}",
          "{\"provider\":\"poison\",\"symbol\":\"%s\",\"c\":1,\"src_ts\":\"2999-01-01T00:00:00Z\"}");

  private Poison() {}

  static String marker(long number) {
    return "PX" + number + "Q";
  }

  static String entry(Random random, String marker) {
    return SHAPES.get(random.nextInt(SHAPES.size())).formatted(marker);
  }
}

package dev.mdp.core.bus;

import java.nio.charset.StandardCharsets;

/// Where an event belongs: murmur2 (Kafka's default partitioner) of the UTF-8 bytes of
/// `provider|symbol`, modulo the number of shards, on every bus.
public final class Shards {
  public static final int MAX = 1024;

  private Shards() {}

  public static int of(String provider, String symbol, int shards) {
    if (shards == 1) {
      return 0;
    }
    byte[] key = (provider + '|' + symbol).getBytes(StandardCharsets.UTF_8);
    return (murmur2(key) & 0x7fffffff) % shards;
  }

  /// Austin Appleby's MurmurHash2, 32 bits, seed 0x9747b28c, as Kafka's clients use it.
  static int murmur2(byte[] data) {
    final int m = 0x5bd1e995;
    int h = 0x9747b28c ^ data.length;
    int whole = data.length / 4 * 4;
    for (int i = 0; i < whole; i += 4) {
      int k =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      k *= m;
      k ^= k >>> 24;
      k *= m;
      h = h * m ^ k;
    }
    int tail = 0;
    for (int i = data.length - 1; i >= whole; i--) {
      tail = tail << 8 | (data[i] & 0xff);
    }
    if (whole < data.length) {
      h = (h ^ tail) * m;
    }
    h ^= h >>> 13;
    h *= m;
    return h ^ h >>> 15;
  }
}

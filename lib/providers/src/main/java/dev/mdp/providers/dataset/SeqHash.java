package dev.mdp.providers.dataset;

import java.nio.charset.StandardCharsets;

/// A `seq` made of an id that is no 64-bit number: 26 digits, an unsigned 64-bit number, a GUID.
/// The lower 63 bits of FNV-1a (64 bits) over the UTF-8 bytes of the id as the file has it, mixed
/// by MurmurHash3's finalizer. Fixed: it is part of stored identities.
///
/// Two ids meet by chance once in 2^63, and matter only within one time of one symbol.
final class SeqHash {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private SeqHash() {}

  static long of(String id) {
    long hash = OFFSET_BASIS;
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * PRIME;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (hash ^ hash >>> 33) & Long.MAX_VALUE;
  }
}

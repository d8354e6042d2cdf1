package dev.mdp.core.bus;

/// An entry by which a log is known again: its position and a 64-bit hash of its payload.
public record LogAnchor(Position position, long payloadHash) {
  /// FNV-1a, 64 bits, over the payload's bytes.
  public static LogAnchor of(Position position, byte[] payload) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : payload) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return new LogAnchor(position, hash);
  }
}

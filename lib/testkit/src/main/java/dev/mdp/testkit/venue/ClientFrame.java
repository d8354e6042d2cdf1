package dev.mdp.testkit.venue;

import java.nio.charset.StandardCharsets;

/// A whole message of a client, or one of its control frames.
record ClientFrame(int opcode, byte[] payload) {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  VenueLog.Kind kind() {
    return switch (opcode) {
      case TEXT -> VenueLog.Kind.TEXT;
      case CLOSE -> VenueLog.Kind.CLOSE;
      case PING -> VenueLog.Kind.PING;
      case PONG -> VenueLog.Kind.PONG;
      default -> VenueLog.Kind.OTHER;
    };
  }

  /// The payload as text; of a close frame, what follows its code.
  String text() {
    int from = opcode == CLOSE ? Math.min(2, payload.length) : 0;
    return new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
  }
}

package dev.mdp.providers.net;

import java.nio.CharBuffer;
import java.util.Arrays;

/// Puts a text message together of the parts in which it comes. One thread.
final class Message {
  private static final int KEPT_CHARS = 64 << 10;

  private final int most;
  private char[] chars = new char[0];
  private int length;

  /// @param most in characters
  Message(int most) {
    this.most = most;
  }

  /// Adds a part, and hands the message on with the last one; false when the message is too long.
  boolean add(CharSequence text, boolean last, WireSocket.Listener into) {
    CharBuffer part = text instanceof CharBuffer chars ? chars : CharBuffer.wrap(text);
    int more = part.remaining();
    if (length + more > most) {
      return false;
    }
    if (last && length == 0 && part.hasArray()) {
      into.text(part.array(), part.arrayOffset() + part.position(), more);
      return true;
    }
    if (length + more > chars.length) {
      chars = Arrays.copyOf(chars, Math.min(most, Math.max(1024, 2 * (length + more))));
    }
    part.get(chars, length, more);
    length += more;
    if (last) {
      into.text(chars, 0, length);
      length = 0;
      if (chars.length > KEPT_CHARS) {
        chars = new char[0];
      }
    }
    return true;
  }
}

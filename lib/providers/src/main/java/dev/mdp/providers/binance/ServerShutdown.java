package dev.mdp.providers.binance;

import dev.mdp.providers.net.Frame;
import java.util.Arrays;

/// Finds Binance's event `serverShutdown`, which comes some minutes before a server ends its
/// connections, on its own or wrapped as a stream's. Frames are many and shutdowns few, so that the
/// word is looked for in steps of its length (R. N. Horspool, Practical Fast Searching in Strings,
/// 1980). Thread-safe.
final class ServerShutdown {
  private static final char[] WORD = "\"serverShutdown\"".toCharArray();
  private static final int TABLE = 128;
  private static final int[] STEPS = steps();

  private ServerShutdown() {}

  static boolean isIn(Frame frame) {
    char[] chars = frame.chars();
    int end = WORD.length;
    while (end <= frame.length()) {
      if (Arrays.equals(chars, end - WORD.length, end, WORD, 0, WORD.length)) {
        return true;
      }
      end += STEPS[chars[end - 1] & (TABLE - 1)];
    }
    return false;
  }

  /// How far the word can be moved on when this is the character below its last one.
  private static int[] steps() {
    int[] steps = new int[TABLE];
    Arrays.fill(steps, WORD.length);
    for (int i = 0; i < WORD.length - 1; i++) {
      steps[WORD[i]] = WORD.length - 1 - i;
    }
    return steps;
  }
}

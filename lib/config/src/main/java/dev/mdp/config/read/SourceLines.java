package dev.mdp.config.read;

import java.util.Arrays;

/// Finds characters of a text by line and column as YAML counts them: lines also end at U+0085,
/// U+2028 and U+2029, columns are code points and a byte order mark has none.
final class SourceLines {
  private static final char MARK = '\ufeff';

  private final String text;
  private final int[] starts;

  SourceLines(String text) {
    this.text = text;
    int[] found = new int[16];
    int lines = 1;
    for (int i = 0; i < text.length(); i++) {
      if (endsLine(i)) {
        found = lines == found.length ? Arrays.copyOf(found, lines * 2) : found;
        found[lines++] = i + 1;
      }
    }
    this.starts = Arrays.copyOf(found, lines);
  }

  String text() {
    return text;
  }

  /// Whether a line ends with the character here.
  boolean endsLine(int index) {
    char c = text.charAt(index);
    return switch (c) {
      case '\n', '\u0085', '\u2028', '\u2029' -> true;
      case '\r' -> index + 1 == text.length() || text.charAt(index + 1) != '\n';
      default -> false;
    };
  }

  /// How many columns the code point here takes.
  static int width(int codePoint) {
    return codePoint == MARK ? 0 : 1;
  }

  /// The index of the character at this line and column, both from 1.
  int index(int line, int column) {
    int index = starts[Math.clamp(line - 1, 0, starts.length - 1)];
    int at = 1;
    while (at < column && index < text.length()) {
      int codePoint = text.codePointAt(index);
      at += width(codePoint);
      index += Character.charCount(codePoint);
    }
    return index;
  }
}

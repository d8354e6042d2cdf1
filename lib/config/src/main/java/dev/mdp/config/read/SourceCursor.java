package dev.mdp.config.read;

/// A place in a source that moves forward character by character, and knows its line and column.
final class SourceCursor {
  private final SourceLines lines;
  private final String text;
  private int index;
  private int line;
  private int column;

  SourceCursor(SourceLines lines, int line, int column) {
    this.lines = lines;
    this.text = lines.text();
    this.index = lines.index(line, column);
    this.line = line;
    this.column = column;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  boolean isAtEnd() {
    return index >= text.length();
  }

  /// The character here; NUL at the end.
  char peek() {
    return isAtEnd() ? '\0' : text.charAt(index);
  }

  /// The character behind the one here; NUL when there is none.
  char peekBehind() {
    return index + 1 < text.length() ? text.charAt(index + 1) : '\0';
  }

  /// The code point here; not at the end.
  int codePoint() {
    return text.codePointAt(index);
  }

  /// Moves behind the code point here; stays at the end.
  void step() {
    if (isAtEnd()) {
      return;
    }
    int codePoint = codePoint();
    if (lines.endsLine(index)) {
      line++;
      column = 1;
    } else {
      column += SourceLines.width(codePoint);
    }
    index += Character.charCount(codePoint);
  }

  /// Moves to the next line.
  void skipLine() {
    int from = line;
    while (!isAtEnd() && line == from) {
      step();
    }
  }
}

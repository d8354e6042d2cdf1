package dev.mdp.config.read;

import dev.mdp.core.rule.SourceText.LogAnchor;
import java.util.ArrayList;
import java.util.List;

/// One walk along a scalar as it is written, beside its text as it is read. White space is matched
/// loosely, because folding changes it; every other character must be found again.
final class ScalarWalk {
  private static final String WHITE = " \t\r\n\u0085\u2028\u2029";

  /// Behind a backslash: what is white space in the text, by YAML's letters.
  private static final String WHITE_ESCAPES = " \tntrNLP";

  private final SourceLines lines;
  private final String raw;
  private int index;
  private int line;
  private int column;

  ScalarWalk(SourceLines lines, int line, int column) {
    this.lines = lines;
    this.raw = lines.text();
    this.index = lines.index(line, column);
    this.line = line;
    this.column = column;
  }

  /// Where the text's characters stand; empty when the two do not match.
  List<LogAnchor> align(String text) {
    skipProperties();
    char style = peek();
    if (style == '|' || style == '>') {
      skipLine();
    } else if (style == '"' || style == '\'') {
      step();
    }
    List<LogAnchor> anchors = new ArrayList<>();
    anchors.add(new LogAnchor(0, line, column));
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (isWhite(text.charAt(at))) {
        continue;
      }
      skipWhite(style);
      add(anchors, at);
      if (!consume(style, text.codePointAt(at))) {
        return List.of();
      }
    }
    return anchors;
  }

  private void add(List<LogAnchor> anchors, int offset) {
    LogAnchor last = anchors.getLast();
    boolean follows = last.line() == line && last.column() + (offset - last.offset()) == column;
    if (!follows) {
      if (last.offset() == offset) {
        anchors.removeLast();
      }
      anchors.add(new LogAnchor(offset, line, column));
    }
  }

  /// Steps over one character as written; false when it is another.
  private boolean consume(char style, int codePoint) {
    if (index >= raw.length()) {
      return false;
    }
    if (style == '"' && peek() == '\\') {
      step();
      int digits =
          switch (peek()) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
          };
      for (int i = 0; i <= digits; i++) {
        step();
      }
      return true;
    }
    if (raw.codePointAt(index) != codePoint) {
      return false;
    }
    step();
    if (style == '\'' && codePoint == '\'') {
      step();
    }
    return true;
  }

  /// An anchor or a tag before the scalar itself.
  private void skipProperties() {
    while (peek() == '&' || peek() == '!') {
      while (index < raw.length() && !isWhite(peek())) {
        step();
      }
      skipWhite(' ');
    }
  }

  private void skipWhite(char style) {
    while (index < raw.length()) {
      if (isWhite(peek())) {
        step();
      } else if (style == '"' && peek() == '\\' && index + 1 < raw.length() && escapesWhite()) {
        step();
        step();
      } else {
        return;
      }
    }
  }

  private boolean escapesWhite() {
    char next = raw.charAt(index + 1);
    return WHITE_ESCAPES.indexOf(next) >= 0 || isWhite(next);
  }

  private void skipLine() {
    int from = line;
    while (index < raw.length() && line == from) {
      step();
    }
  }

  private void step() {
    if (index >= raw.length()) {
      return;
    }
    int codePoint = raw.codePointAt(index);
    if (lines.endsLine(index)) {
      line++;
      column = 1;
    } else {
      column += SourceLines.width(codePoint);
    }
    index += Character.charCount(codePoint);
  }

  private char peek() {
    return index < raw.length() ? raw.charAt(index) : '\0';
  }

  private static boolean isWhite(char c) {
    return WHITE.indexOf(c) >= 0;
  }
}

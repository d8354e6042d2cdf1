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

  private final SourceCursor cursor;

  ScalarWalk(SourceLines lines, int line, int column) {
    this.cursor = new SourceCursor(lines, line, column);
  }

  /// Where the text's characters stand; empty when the two do not match.
  List<LogAnchor> align(String text) {
    skipProperties();
    char style = cursor.peek();
    if (style == '|' || style == '>') {
      cursor.skipLine();
    } else if (style == '"' || style == '\'') {
      cursor.step();
    }
    List<LogAnchor> anchors = new ArrayList<>();
    anchors.add(new LogAnchor(0, cursor.line(), cursor.column()));
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
    boolean follows =
        last.line() == cursor.line() && last.column() + (offset - last.offset()) == cursor.column();
    if (!follows) {
      if (last.offset() == offset) {
        anchors.removeLast();
      }
      anchors.add(new LogAnchor(offset, cursor.line(), cursor.column()));
    }
  }

  /// Steps over one character as written; false when it is another.
  private boolean consume(char style, int codePoint) {
    if (cursor.isAtEnd()) {
      return false;
    }
    if (style == '"' && cursor.peek() == '\\') {
      cursor.step();
      int digits =
          switch (cursor.peek()) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
          };
      for (int i = 0; i <= digits; i++) {
        cursor.step();
      }
      return true;
    }
    if (cursor.codePoint() != codePoint) {
      return false;
    }
    cursor.step();
    if (style == '\'' && codePoint == '\'') {
      cursor.step();
    }
    return true;
  }

  /// An anchor or a tag before the scalar itself.
  private void skipProperties() {
    while (cursor.peek() == '&' || cursor.peek() == '!') {
      while (!cursor.isAtEnd() && !isWhite(cursor.peek())) {
        cursor.step();
      }
      skipWhite(' ');
    }
  }

  private void skipWhite(char style) {
    while (!cursor.isAtEnd()) {
      if (isWhite(cursor.peek())) {
        cursor.step();
      } else if (style == '"' && cursor.peek() == '\\' && escapesWhite()) {
        cursor.step();
        cursor.step();
      } else {
        return;
      }
    }
  }

  private boolean escapesWhite() {
    char next = cursor.peekBehind();
    return WHITE_ESCAPES.indexOf(next) >= 0 || isWhite(next);
  }

  private static boolean isWhite(char c) {
    return WHITE.indexOf(c) >= 0;
  }
}

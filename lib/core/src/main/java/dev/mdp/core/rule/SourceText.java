package dev.mdp.core.rule;

import java.util.List;

/// A text out of a file that knows where each of its characters is there, so that an error inside
/// the text is reported at the file's line and column.
///
/// @param source the file's name in messages
/// @param anchors ascending by offset, the first at offset 0
public record SourceText(String source, String text, List<LogAnchor> anchors) {
  private static final int EXCERPT_BEFORE = 60;
  private static final int EXCERPT_AFTER = 60;

  public SourceText {
    anchors = List.copyOf(anchors);
    if (anchors.isEmpty() || anchors.getFirst().offset != 0) {
      throw new IllegalArgumentException("the text's first character has no place");
    }
  }

  /// From this offset up to the next anchor the text is on one line of the file as it is here.
  ///
  /// @param line from 1
  /// @param column from 1
  public record LogAnchor(int offset, int line, int column) {}

  /// A text that is on one line as it is.
  public static SourceText of(String source, String text, int line, int column) {
    return new SourceText(source, text, List.of(new LogAnchor(0, line, column)));
  }

  /// `file:line:column` of the character at this offset, or of the place behind the last one.
  public String place(int offset) {
    LogAnchor nearest = anchors.getFirst();
    for (LogAnchor anchor : anchors) {
      if (anchor.offset > offset) {
        break;
      }
      nearest = anchor;
    }
    return source + ":" + nearest.line + ":" + (nearest.column + offset - nearest.offset);
  }

  /// Two lines for a message: the text around the offset, and a caret under it.
  public String excerpt(int offset) {
    int from = text.lastIndexOf('\n', offset - 1) + 1;
    int lineEnd = text.indexOf('\n', offset);
    int to = lineEnd < 0 ? text.length() : lineEnd;
    int start = Math.max(from, offset - EXCERPT_BEFORE);
    int end = Math.min(to, offset + EXCERPT_AFTER);
    String shown = text.substring(start, end).replaceAll("\\p{Cntrl}", " ");
    return "  " + shown + "\n  " + " ".repeat(offset - start) + "^";
  }

  @Override
  public String toString() {
    return text;
  }
}

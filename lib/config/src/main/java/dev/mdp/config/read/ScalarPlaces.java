package dev.mdp.config.read;

import dev.mdp.core.rule.SourceText;
import dev.mdp.core.rule.SourceText.LogAnchor;
import java.util.List;

/// Says where each character of a scalar's text is in its file, whatever the scalar's style: plain
/// or quoted, on one line or folded, or a block. Where that is not known, every character is at the
/// scalar's start.
public final class ScalarPlaces {
  private final String source;
  private final SourceLines lines;

  /// @param source the file's name in messages
  public ScalarPlaces(String source, String text) {
    this.source = source;
    this.lines = new SourceLines(text);
  }

  public SourceText locate(Entry.Scalar scalar) {
    Place start = scalar.place();
    List<LogAnchor> anchors =
        new ScalarWalk(lines, start.line(), start.column()).align(scalar.text());
    return anchors.isEmpty()
        ? SourceText.of(source, scalar.text(), start.line(), start.column())
        : new SourceText(source, scalar.text(), anchors);
  }
}

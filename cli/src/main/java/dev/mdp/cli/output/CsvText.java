package dev.mdp.cli.output;

import java.util.regex.Pattern;

/// Text as a cell of CSV: quoted where RFC 4180 asks for it, and harmless in a spreadsheet, which
/// would run what begins like a formula.
public final class CsvText {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  private CsvText() {}

  /// A text that came from anywhere. One that begins like a formula gets a `'` before it, which
  /// spreadsheets do not show.
  public static String cell(String text) {
    return quoted(beginsLikeFormula(text) ? "'" + text : text);
  }

  /// A text in a column of numbers: those stay as they are.
  static String number(String text) {
    return NUMBER.matcher(text).matches() ? text : cell(text);
  }

  /// Quoted only where it must be.
  static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static boolean beginsLikeFormula(String text) {
    return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
  }
}

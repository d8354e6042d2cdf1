package dev.mdp.core.error;

/// Text as a terminal may get it: what could move the cursor, change colours or reorder the line is
/// shown escaped.
public final class Printable {
  private Printable() {}

  /// Whether a terminal may get the text as it is.
  public static boolean isHarmless(String text) {
    return text.codePoints().allMatch(Printable::isHarmless);
  }

  public static String text(String text) {
    if (isHarmless(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (isHarmless(c)) {
            shown.appendCodePoint(c);
          } else {
            shown.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
          }
        });
    return shown.toString();
  }

  /// How many columns of a terminal the text takes.
  public static int width(String text) {
    return text.codePoints().map(Printable::columns).sum();
  }

  /// The text cut to at most this many columns, with `…` at the end when something is missing.
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += columns(c);
      if (used > columns - 1) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append('…').toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1f64f)
            || (c >= 0x1f900 && c <= 0x1f9ff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}

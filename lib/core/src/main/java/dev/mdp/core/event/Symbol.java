package dev.mdp.core.event;

/// An instrument's name in its canonical form, as [#GRAMMAR] says: 1 to 64 characters, each graphic
/// ASCII with a few exceptions, a letter of a script without case (Unicode Lo), or a single space
/// inside; a to z are upper-cased. `^VIX`, `BRK B` and `币安人生USDT` are symbols.
///
/// No character of it has two cases, so PostgreSQL's `upper` leaves it as it is under every
/// collation. Symbols are ordered by code points, as their UTF-8 bytes are under collation `C`.
public record Symbol(String value) implements Comparable<Symbol> {
  /// In characters (code points).
  public static final int MAX_LENGTH = 64;

  /// What a symbol is, for messages.
  public static final String GRAMMAR =
      "1 to 64 letters without case, ASCII letters, digits and signs but | \\ \" ' , ; < > `, single"
          + " spaces inside";

  private static final String REFUSED = "|\\\"',;<>`";

  public Symbol {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException(
          "not a symbol: '" + value + "' (want " + GRAMMAR + ")" + remedy(value));
    }
  }

  /// Makes the canonical form and validates it. The only place where a symbol's text is changed:
  /// ASCII letters are upper-cased, and several spaces become one, so that an option's padded name
  /// has one form everywhere. Letters with two cases that are not ASCII are refused, not mapped:
  /// `ı` is not an `I`.
  public static Symbol of(String text) {
    return new Symbol(canonical(text));
  }

  /// The canonical form of what is a symbol; of anything else a text that is not a symbol either.
  public static String canonical(String text) {
    int length = text.length();
    int same = 0;
    while (same < length && !isChanged(text, same)) {
      same++;
    }
    if (same == length) {
      return text;
    }
    StringBuilder canonical = new StringBuilder(length).append(text, 0, same);
    for (int i = same; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        canonical.append((char) (c - ('a' - 'A')));
      } else if (!isChanged(text, i)) {
        canonical.append(c);
      }
    }
    return canonical.toString();
  }

  public static boolean isCanonical(String text) {
    int length = text.length();
    int characters = 0;
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      boolean space = c == ' ' && i > 0 && i < length - 1 && text.charAt(i - 1) != ' ';
      if (!space && !isSign(c)) {
        return false;
      }
      i += Character.charCount(c);
      characters++;
    }
    return characters > 0 && characters <= MAX_LENGTH;
  }

  private static boolean isChanged(String text, int at) {
    char c = text.charAt(at);
    return (c >= 'a' && c <= 'z') || (c == ' ' && at > 0 && text.charAt(at - 1) == ' ');
  }

  private static boolean isSign(int c) {
    return c < 0x80
        ? c > ' ' && c < 0x7f && (c < 'a' || c > 'z') && REFUSED.indexOf(c) < 0
        : Character.getType(c) == Character.OTHER_LETTER;
  }

  private static String remedy(String text) {
    int characters = text.codePointCount(0, text.length());
    if (text.isEmpty() || characters > MAX_LENGTH) {
      return ": it has " + characters;
    }
    if (text.startsWith(" ") || text.endsWith(" ")) {
      return ": remove the space around it";
    }
    int bad = text.codePoints().filter(c -> c != ' ' && !isSign(c)).findFirst().orElse(' ');
    if (REFUSED.indexOf(bad) >= 0) {
      return ": it has a " + (char) bad;
    }
    boolean printable = Character.isLetterOrDigit(bad);
    return ": it has %s"
        .formatted(
            printable ? "a " + Character.toString(bad) : "the character U+%04X".formatted(bad));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(Symbol other) {
    int shared = Math.min(value.length(), other.value.length());
    for (int i = 0; i < shared; i++) {
      char left = value.charAt(i);
      char right = other.value.charAt(i);
      if (left != right) {
        // Halves of pairs stand for code points beyond every single unit.
        boolean paired = Character.isSurrogate(left) != Character.isSurrogate(right);
        return paired
            ? Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right))
            : Character.compare(left, right);
      }
    }
    return Integer.compare(value.length(), other.value.length());
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.mdp.core.event;

import java.util.Locale;

/// An instrument's name in its canonical, upper-case form: `[A-Z0-9][A-Z0-9._:/^=+-]{0,31}`.
public record Symbol(String value) implements Comparable<Symbol> {
  public static final int MAX_LENGTH = 32;

  public Symbol {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException(
          "not a symbol: '" + value + "' (want [A-Z0-9][A-Z0-9._:/^=+-]{0,31} in ASCII)");
    }
  }

  /// Upper-cases ASCII and validates. The only place where a symbol's case is changed. Other
  /// letters are refused, not mapped: `ı` is no `I`.
  public static Symbol of(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    return new Symbol(ascii ? text.toUpperCase(Locale.ROOT) : text);
  }

  public static boolean isCanonical(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_LENGTH || !isAlphanumeric(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && "._:/^=+-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(Symbol other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.mdp.core.event;

/// The grammar of provider and lane names: `[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}`, so never a `|` and
/// never a control character.
public final class Names {
  public static final int MAX_LENGTH = 64;

  private Names() {}

  public static boolean isValid(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_LENGTH || !isAlphanumeric(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && "._:/-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  public static String require(String what, String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "not a " + what + ": '" + text + "' (want [A-Za-z0-9][A-Za-z0-9._:/-]{0,63})");
    }
    return text;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}

package dev.mdp.bus.codec;

/// Why bytes are not an event.
///
/// @param provider as far as it is known, else `unknown`
/// @param reason a word of [dev.mdp.core.bus.DeadLetter]'s vocabulary
/// @param detail what exactly is wrong, for people: printable, at most 200 characters
public record Rejection(String provider, String reason, String detail) {
  private static final int MAX_DETAIL = 200;

  public Rejection {
    detail = printable(detail);
  }

  private static String printable(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_DETAIL));
    for (int i = 0; i < text.length() && clean.length() < MAX_DETAIL; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c) || isDirectional(c)) {
        clean.append(String.format("\\u%04x", (int) c));
      } else {
        clean.append(c);
      }
    }
    return clean.length() <= MAX_DETAIL ? clean.toString() : clean.substring(0, MAX_DETAIL);
  }

  private static boolean isDirectional(char c) {
    return Character.getType(c) == Character.FORMAT;
  }
}

package dev.mdp.providers.dataset;

/// A value from a file as an error message shows it: in quotes, cut, control characters escaped so
/// that they never reach a terminal.
final class Quoted {
  private static final int MAX_SHOWN = 60;

  private Quoted() {}

  static String of(CharSequence value) {
    StringBuilder shown = new StringBuilder("'");
    int end = Math.min(value.length(), MAX_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        shown.append("\\u%04x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.append(value.length() > MAX_SHOWN ? "…'" : "'").toString();
  }
}

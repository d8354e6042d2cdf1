package dev.mdp.core.error;

/// A value as it is typed in a command that is shown to be copied: in quotes where a shell would
/// take it for something else, as it would `$SPX`, `BRK B` or `ES&`.
public final class ShellWord {
  private static final String PLAIN = "._:/+-,@%";

  private ShellWord() {}

  public static String of(String text) {
    boolean plain = !text.isEmpty() && text.chars().allMatch(ShellWord::isPlain);
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /// An option with its value; joined where the value would be taken for another option.
  public static String option(String name, String value) {
    return name + (value.startsWith("-") ? "=" : " ") + of(value);
  }

  private static boolean isPlain(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c >= 0x80
        || PLAIN.indexOf(c) >= 0;
  }
}

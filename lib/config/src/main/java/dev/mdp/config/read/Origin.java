package dev.mdp.config.read;

/// Where an effective value comes from.
///
/// @param detail the flag, variable or place; empty for a default
public record Origin(Kind kind, String detail) {
  public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

  /// In order of precedence.
  public enum Kind {
    FLAG("flag"),
    ENVIRONMENT("environment"),
    FILE("file"),
    /// Written in the file as the default of a variable that is not set.
    FILE_DEFAULT("file"),
    /// The file names a variable that is not set, and that is allowed.
    MISSING("missing"),
    DEFAULT("default");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// Whether someone chose this value: neither a built-in default nor a `${VAR:-default}` whose
  /// variable is not set.
  public boolean chosen() {
    return kind == Kind.FLAG || kind == Kind.ENVIRONMENT || kind == Kind.FILE;
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? kind.word() : kind.word() + " " + detail;
  }
}

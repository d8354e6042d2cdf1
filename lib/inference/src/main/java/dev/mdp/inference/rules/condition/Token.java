package dev.mdp.inference.rules.condition;

/// One word of a condition.
///
/// @param offset where it begins
/// @param end where it ends, exclusive
/// @param text as written; of an end, empty
record Token(Kind kind, int offset, int end, String text) {
  enum Kind {
    NUMBER,
    STRING,
    NAME,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /// What to call it in a message.
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}

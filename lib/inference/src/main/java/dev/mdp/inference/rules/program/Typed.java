package dev.mdp.inference.rules.program;

/// A compiled expression with its type.
sealed interface Typed {
  record Numeric(NumberNode node) implements Typed {}

  record Logical(TruthNode node) implements Typed {}

  record Textual() implements Typed {}

  /// An expression with an error that is reported already.
  record Unknown() implements Typed {}

  /// What to call it in a message.
  default String words() {
    return switch (this) {
      case Numeric _ -> "a number";
      case Logical _ -> "a boolean";
      case Textual _ -> "a string";
      case Unknown _ -> "unknown";
    };
  }
}

package dev.mdp.config.read;

import org.jspecify.annotations.Nullable;

/// A scalar someone gave, expanded, with its place and origin.
///
/// @param scalar how it is in the file, or null when its text is to be taken as it is: from a flag,
///   from the environment, or expanded from a variable
record Given(String text, Place place, Origin origin, Entry.@Nullable Scalar scalar) {

  /// The text where text is wanted. Throws when YAML takes the plain word for something else.
  String asText() {
    if (scalar != null && !scalar.quoted() && scalar.kind() != Entry.Kind.TEXT) {
      if (scalar.kind() == Entry.Kind.NOTHING) {
        throw new IllegalArgumentException("has no value");
      }
      throw new IllegalArgumentException(
          "YAML reads %s as %s: quote it, \"%s\"".formatted(text, scalar.kind().words(), text));
    }
    return text;
  }

  /// The same where it must not be empty.
  String asNonEmptyText() {
    String nonEmpty = asText();
    if (nonEmpty.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return nonEmpty;
  }

  /// The same of a secret, which no message repeats.
  String asSecret() {
    if (scalar != null && !scalar.quoted() && scalar.kind() != Entry.Kind.TEXT) {
      throw new IllegalArgumentException(
          scalar.kind() == Entry.Kind.NOTHING
              ? "has no value"
              : "YAML reads the value as " + scalar.kind().words() + ": quote it");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  /// The text where a plain word (a number, true, false) is wanted.
  String asPlain(String wanted) {
    if (scalar != null && scalar.quoted()) {
      throw new IllegalArgumentException(
          "want %s, was the text \"%s\": drop the quotes".formatted(wanted, text));
    }
    if (scalar != null && scalar.kind() == Entry.Kind.NOTHING) {
      throw new IllegalArgumentException("has no value, want " + wanted);
    }
    return text;
  }
}

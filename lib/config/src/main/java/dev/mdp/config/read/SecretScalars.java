package dev.mdp.config.read;

import java.util.Optional;
import java.util.function.Function;

/// Reads the values of one section that may hold a password.
public final class SecretScalars {
  private final ScalarLookup lookup;

  SecretScalars(ScalarLookup lookup) {
    this.lookup = lookup;
  }

  /// A URL with a password in it, or kept in a file (`{file: …}`, `{credential: …}`).
  ///
  /// @param check throws `IllegalArgumentException` with a message that repeats nothing of it
  public Secret url(String key, String fallback, String variable, Function<String, String> check) {
    return lookup.readOrVariable(
        key, variable, Secret.url(fallback), given -> Secret.url(check.apply(given.asSecret())));
  }

  /// The same where it may be absent.
  public Optional<Secret> optionalUrl(String key, Function<String, String> check) {
    return lookup.optional(key, given -> Secret.url(check.apply(given.asNonEmptyText())));
  }

  /// A free-form value; secret when its name says so.
  public Secret property(String key) {
    return lookup.read(
        key,
        Secret.opaque(""),
        given ->
            Redaction.isSecretName(key)
                    || Redaction.hasSecret(given.text())
                    || given.origin().detail().startsWith("secret")
                ? Secret.opaque(given.text())
                : new Secret(given.text(), given.text()));
  }
}

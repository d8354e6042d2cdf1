package dev.mdp.inference.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Distinguishes saved rules.
final class RuleKey {
  private RuleKey() {}

  /// The first eight bytes of a SHA-256.
  static long of(String name, String condition, String features) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String text = String.join("\0", name, condition.strip(), features);
      return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

package dev.mdp.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The random password of an embedded server, kept in a file of mode 0600 beside its data.
///
/// @param value forty hex digits, so that no shell and no URL needs them quoted
public record ServerPassword(String value) {
  private static final int BYTES = 20;

  /// The one that is kept in the file, or a new one when there is none.
  public static ServerPassword kept(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      String text = Files.readString(file).strip();
      if (text.matches("[0-9a-f]{40}")) {
        return new ServerPassword(text);
      }
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    ServerPassword fresh = new ServerPassword(HexFormat.of().formatHex(random));
    Folders.writePrivate(file, fresh.value + "\n");
    return fresh;
  }

  /// Its SHA-256 in hex digits, which no one turns back: it is random and long.
  public String sha256() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}

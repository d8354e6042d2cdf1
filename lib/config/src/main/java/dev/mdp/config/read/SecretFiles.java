package dev.mdp.config.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Reads values that are kept outside the configuration: `{file: …}` and systemd's `{credential:
/// …}`.
final class SecretFiles {
  private static final int MAX_BYTES = 64 << 10;

  private final Map<String, String> environment;

  SecretFiles(Map<String, String> environment) {
    this.environment = environment;
  }

  /// The file's text without its last line end. Throws `IllegalArgumentException` naming the file.
  String file(String path) {
    if (!Redaction.isPath(path)) {
      throw new IllegalArgumentException("want the path of a file that holds the secret");
    }
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("the file " + path + " is larger than 64 KiB");
      }
      String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
      if (text.isEmpty()) {
        throw new IllegalArgumentException("the file " + path + " is empty");
      }
      return text;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the file " + path + " (" + reason(e) + ")", e);
    }
  }

  String credential(String name) {
    if (!Redaction.isPath(name)) {
      throw new IllegalArgumentException("want the name of a credential");
    }
    String directory = environment.get("CREDENTIALS_DIRECTORY");
    if (directory == null) {
      throw new IllegalArgumentException(
          "the credential '"
              + name
              + "' needs $CREDENTIALS_DIRECTORY (LoadCredential= of systemd)");
    }
    if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
      throw new IllegalArgumentException("not a credential's name: '" + name + "'");
    }
    return file(Path.of(directory, name).toString());
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "it does not exist";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}

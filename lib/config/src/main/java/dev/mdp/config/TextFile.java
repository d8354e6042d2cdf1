package dev.mdp.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads a small UTF-8 text whole, without its byte order mark.
final class TextFile {
  private static final int MAX_BYTES = 1 << 20;

  private TextFile() {}

  static String read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TooLarge();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
  }

  /// What to tell of a file that could not be read.
  static String reason(IOException failure) {
    return switch (failure) {
      case TooLarge _ -> "larger than 1 MiB";
      case NoSuchFileException _ -> "no such file";
      case CharacterCodingException _ -> "not UTF-8 text";
      default -> "cannot be read: " + failure.getMessage();
    };
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }
}

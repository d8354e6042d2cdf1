package dev.mdp.providers.dataset;

import java.util.Optional;

/// Tells formats from a file's first bytes.
final class Magic {
  private Magic() {}

  /// What the file is, and what to do, when it cannot be read as it is.
  static Optional<String> foreignFormat(byte[] magic) {
    if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      return Optional.of("is compressed with zstd; plain and gzip can be read: use zstd -d first");
    }
    if (startsWith(magic, 0xfd, '7', 'z', 'X', 'Z')) {
      return Optional.of("is compressed with xz; plain and gzip can be read: use xz -d first");
    }
    if (startsWith(magic, 'B', 'Z', 'h')) {
      return Optional.of(
          "is compressed with bzip2; plain and gzip can be read: use bzip2 -d first");
    }
    if (startsWith(magic, 'P', 'K', 3, 4)) {
      return Optional.of("is a zip archive; plain and gzip can be read: use unzip first");
    }
    if (startsWith(magic, 'P', 'A', 'R', '1')) {
      return Optional.of("is a Parquet file; CSV and NDJSON can be read");
    }
    if (startsWith(magic, 0xff, 0xfe) || startsWith(magic, 0xfe, 0xff)) {
      return Optional.of("is UTF-16 text; UTF-8 is expected: use iconv -f UTF-16 -t UTF-8 first");
    }
    return Optional.empty();
  }

  static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}

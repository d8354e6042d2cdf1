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
    if (startsWith(magic, 0x04, 0x22, 0x4d, 0x18)) {
      return Optional.of("is compressed with lz4; plain and gzip can be read: use lz4 -d first");
    }
    if (startsWith(magic, 0x1f, 0x9d)) {
      return Optional.of(
          "is compressed with compress; plain and gzip can be read: use uncompress first");
    }
    if (startsWith(magic, '7', 'z', 0xbc, 0xaf)) {
      return Optional.of("is a 7z archive; plain and gzip can be read: use 7z x first");
    }
    if (startsWith(magic, 'P', 'K', 3, 4) || startsWith(magic, 'P', 'K', 5, 6)) {
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

  static boolean isGzip(byte[] magic) {
    return startsWith(magic, 0x1f, 0x8b);
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

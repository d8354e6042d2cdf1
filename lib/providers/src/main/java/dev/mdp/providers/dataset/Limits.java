package dev.mdp.providers.dataset;

import java.nio.file.Path;

/// How much a dataset's reading may hold in memory, and where the rest goes.
///
/// @param heldRows rows of one file within the allowed lateness, or of one event time
/// @param runRows rows that `sort` holds before it writes a temporary file
/// @param sortFolder where temporary files are written
record Limits(int heldRows, int runRows, Path sortFolder) {
  /// A tick takes about 100 bytes: 50 MB a file within the lateness, 40 MB for `sort`.
  static Limits standard() {
    return new Limits(500_000, 400_000, Path.of(System.getProperty("java.io.tmpdir")));
  }
}

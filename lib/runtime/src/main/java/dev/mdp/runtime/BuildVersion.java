package dev.mdp.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The version of this program, as the build wrote it.
public final class BuildVersion {
  private BuildVersion() {}

  /// E.g. `0.1.0`.
  public static String text() {
    try (InputStream in =
        Objects.requireNonNull(
            BuildVersion.class.getResourceAsStream("version.txt"), "version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.mdp.runtime.local;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the embedded servers keep what they have.
///
/// @param shown as the operator named it
public record DataFolder(Path path, Path shown) {
  /// Where `mdp up` has its data unless told otherwise.
  public static final String DEFAULT = ".mdp";

  private static final Pattern OURS =
      Pattern.compile(
          "(redis|postgres|kafka)(\\.[a-z]+)?|\\.?env(\\..*)?|\\.(redis|postgres)\\..*");

  /// Makes it, or closes that of an earlier version to other users.
  void open() {
    try {
      Folders.makePrivate(path, holdsNothingElse());
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot use " + shown + " for the data: " + e + " (--data-dir names another folder)", e);
    }
  }

  private boolean holdsNothingElse() throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(entry -> OURS.matcher(entry.getFileName().toString()).matches());
    }
  }

  /// Whether it is where every command looks.
  boolean isDefault() {
    return shown.equals(Path.of(DEFAULT));
  }

  Path resolve(String name) {
    return path.resolve(name);
  }
}

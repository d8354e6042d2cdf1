package dev.mdp.runtime.local;

import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must hold of a file and its folder, as with sshd's option of this name, before the file is
/// believed: no other user can have written it.
final class StrictModes {
  private StrictModes() {}

  /// What does not hold, as the end of a sentence; null when all does.
  static @Nullable String violation(Path folder, Path file) throws IOException {
    int user = Folders.ownId();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "is not a file";
    }
    for (Path path : List.of(folder, file)) {
      String what = path.equals(file) ? "" : "is in a folder that ";
      if (Folders.ownerId(path.toRealPath()) != user) {
        return what + "belongs to another user";
      }
      if (Folders.othersMayWrite(Files.getPosixFilePermissions(path))) {
        return what + "is writable for other users";
      }
    }
    return null;
  }
}

package dev.mdp.embedded;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Folders and files of the embedded servers on disk.
public final class Folders {
  public static final Set<PosixFilePermission> READABLE_BY_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");
  public static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  static final Set<PosixFilePermission> TRAVERSABLE_BY_GROUP =
      PosixFilePermissions.fromString("rwx--x---");
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  private Folders() {}

  /// Makes the folder, or takes it as it is, for this process's user alone. Throws
  /// [ConfigException] where another user could put something in its place, or is its owner.
  ///
  /// @param ours whether all that is in it may be closed to other users: a folder that someone uses
  ///   for other things, too, is left as open as it is
  public static void makePrivate(Path folder, boolean ours) throws IOException {
    if (!Files.exists(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
      return;
    }
    if (ownerId(folder) != ownId()) {
      throw new ConfigException(
          folder + " belongs to another user: name another folder with --data-dir");
    }
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(folder);
    if (ours) {
      if (!now.equals(PRIVATE)) {
        Files.setPosixFilePermissions(folder, PRIVATE);
      }
    } else if (othersMayWrite(now)) {
      throw new ConfigException(
          folder
              + " is writable for other users and holds other things than the servers' data:"
              + " name another folder with --data-dir");
    }
  }

  public static boolean othersMayWrite(Set<PosixFilePermission> permissions) {
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /// Writes a file that only this process's user may read; it is there whole or not at all.
  public static void writePrivate(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh =
        Files.createTempFile(
            folder,
            "." + file.getFileName(),
            ".new",
            PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
    try {
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /// The number of the user that owns the file itself, not what it links to; -1 when unknown.
  public static int ownerId(Path file) throws IOException {
    try {
      return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return -1;
    }
  }

  /// The number of this process's user; -1 when unknown.
  public static int ownId() {
    Path status = Path.of("/proc/self/status");
    try {
      if (!Files.isReadable(status)) {
        return ownerId(Path.of(System.getProperty("user.home", ".")));
      }
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("Uid:"))
          .map(line -> Integer.parseInt(line.split("\\s+")[2])) // the effective one
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  /// Removes the folder and all below it; fine when it is not there.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  public static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}

package dev.mdp.ops.export;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// What a file's name leads to, through every symbolic link. A link to a file that does not exist
/// yet leads to that file's place, as it does for a shell's `>`.
///
/// @param path without links; of an open file (`/dev/stdout`, `/dev/fd/3`) the link of `/proc`
record ResolvedFile(Path path, Kind kind) {
  private static final int MAX_LINKS = 40;
  private static final Path PROC = Path.of("/proc");
  private static final int TYPE_BITS = 0xf000;

  /// What is there.
  enum Kind {
    ABSENT,
    REGULAR,
    /// A regular file that this process or its parent has open already.
    OPEN,
    FOLDER,
    FIFO,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    SOCKET
  }

  static ResolvedFile of(Path target) throws IOException {
    Path at = target.toAbsolutePath();
    for (int links = 0; links < MAX_LINKS; links++) {
      Path parent = at.getParent();
      Path name = at.getFileName();
      if (parent == null || name == null || Files.isDirectory(at)) {
        return new ResolvedFile(at, Kind.FOLDER);
      }
      Path folder = parent.toRealPath();
      at = folder.resolve(name);
      if (!Files.isSymbolicLink(at)) {
        return new ResolvedFile(at, kind(at));
      }
      if (at.startsWith(PROC)) {
        Kind kind = kind(at);
        return new ResolvedFile(at, kind == Kind.REGULAR ? Kind.OPEN : kind);
      }
      at = folder.resolve(Files.readSymbolicLink(at));
    }
    throw new FileSystemException(target.toString(), null, "too many symbolic links");
  }

  private static Kind kind(Path file) throws IOException {
    try {
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      if (basic.isRegularFile()) {
        return Kind.REGULAR;
      }
      if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return Kind.CHARACTER_DEVICE;
      }
      return switch ((int) Files.getAttribute(file, "unix:mode") & TYPE_BITS) {
        case 0x1000 -> Kind.FIFO;
        case 0x4000 -> Kind.FOLDER;
        case 0x6000 -> Kind.BLOCK_DEVICE;
        case 0xc000 -> Kind.SOCKET;
        default -> Kind.CHARACTER_DEVICE;
      };
    } catch (NoSuchFileException _) {
      return Kind.ABSENT;
    }
  }
}

package dev.mdp.ops.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/// A regular file that is there whole or not at all: written beside its place, forced to the disk,
/// renamed. Until `commit` a failure, Ctrl-C included, leaves what was there.
final class PartFile implements ExportTarget {
  /// Exclusively and never through a link: in a folder that others can write to, the name may be
  /// taken already.
  private static final Set<OpenOption> FRESH =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path target;
  private final boolean overwrite;
  private final Path part;
  private final FileChannel channel;
  private final Thread cleaner;

  private PartFile(Path target, boolean overwrite, Path part) throws IOException {
    this.target = target;
    this.overwrite = overwrite;
    this.part = part;
    this.channel = FileChannel.open(part, FRESH);
    this.cleaner = new Thread(this::deleteQuietly);
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /// @param target with its links resolved
  /// @param overwrite whether what is there at the commit may be replaced
  static PartFile beside(Path target, boolean overwrite) throws IOException {
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    String name = "." + target.getFileName() + "." + HexFormat.of().formatHex(random) + ".part";
    PartFile file = new PartFile(target, overwrite, target.resolveSibling(name));
    try {
      file.keepPermissions();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /// What replaces a file is no more readable than that was.
  private void keepPermissions() throws IOException {
    if (overwrite
        && Files.isRegularFile(target)
        && target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
    }
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  /// Throws [FileAlreadyExistsException] when another program was faster and nothing may be
  /// replaced.
  @Override
  public void commit() throws IOException {
    channel.force(true);
    channel.close();
    if (overwrite) {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      moveToFreePlace();
    }
  }

  /// A rename replaces what is there, a link does not.
  private void moveToFreePlace() throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException _) {
      Files.move(part, target); // a file system without links; looks first
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(part);
      keepNoCleaner();
    }
  }

  private void deleteQuietly() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepNoCleaner() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // the process ends: the hook runs anyway
    }
  }
}

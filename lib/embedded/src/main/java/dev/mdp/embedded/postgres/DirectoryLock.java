package dev.mdp.embedded.postgres;

import dev.mdp.core.error.ConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The right of one process to run a server on a data directory. The operating system gives it back
/// when the process dies, however it dies.
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Throws [ConflictException] naming the process that has it.
  static DirectoryLock acquire(Path dataDir) throws IOException {
    Path file = dataDir.resolveSibling(dataDir.getFileName() + ".lock");
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    FileLock lock = tryLock(channel, dataDir);
    if (lock == null) {
      ConflictException busy = busy(dataDir, holder(channel));
      channel.close();
      throw busy;
    }
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new DirectoryLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel, Path dataDir) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it. The channel stays open: closing it would give back that lock too.
      throw busy(dataDir, Long.toString(ProcessHandle.current().pid()));
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
  }

  private static ConflictException busy(Path dataDir, String pid) {
    return new ConflictException(
        "the data directory " + dataDir + " is in use by process " + pid + ": stop it first");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

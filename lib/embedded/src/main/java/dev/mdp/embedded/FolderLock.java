package dev.mdp.embedded;

import dev.mdp.core.error.ConflictException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right of one process to run a server in a folder; the system takes it back when the process
/// ends, however it ends.
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @param server what runs there, for the error
  public static FolderLock acquire(Path folder, String server) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("mdp.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException _) {
      // this very process holds it
    }
    channel.close();
    throw new ConflictException(
        "another mdp process runs its "
            + server
            + " in "
            + folder
            + "; stop it, or use another --data-dir");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

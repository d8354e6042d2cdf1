package dev.mdp.ops.export;

import dev.mdp.core.error.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A target that is not a regular file, a FIFO or `/dev/stdout`: never replaced, only written to.
final class WrittenThrough implements ExportTarget {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final FileChannel channel;

  private WrittenThrough(FileChannel channel) {
    this.channel = channel;
  }

  static WrittenThrough device(Path target) throws IOException {
    return new WrittenThrough(FileChannel.open(target, StandardOpenOption.WRITE));
  }

  /// An open file is continued where it ends: a shell's `>` emptied it, `>>` did not.
  static WrittenThrough openFile(Path target) throws IOException {
    return new WrittenThrough(FileChannel.open(target, StandardOpenOption.APPEND));
  }

  /// Opening a FIFO takes until a reader opens it. That cannot be interrupted, so another thread
  /// does it.
  ///
  /// @param notice is called once when there is no reader yet
  static WrittenThrough fifo(Path target, Duration limit, Consumer<String> notice)
      throws IOException {
    OpenOption[] options = {StandardOpenOption.WRITE};
    FutureTask<FileChannel> opening = new FutureTask<>(() -> FileChannel.open(target, options));
    Thread.ofPlatform().daemon().name("open-fifo").start(opening);
    Duration first = limit.compareTo(PATIENCE) < 0 ? limit : PATIENCE;
    try {
      try {
        return new WrittenThrough(opening.get(first.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        notice.accept("waiting for a reader of the FIFO " + target);
      }
      long rest = limit.minus(first).toMillis();
      return new WrittenThrough(opening.get(rest, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new DataException(
          "cannot write "
              + target
              + ": nothing opened this FIFO for reading within "
              + limit.toSeconds()
              + " s; start the reader first",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while waiting for a reader of " + target, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void commit() throws IOException {
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

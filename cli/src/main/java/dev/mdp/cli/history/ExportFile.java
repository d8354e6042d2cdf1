package dev.mdp.cli.history;

import dev.mdp.core.error.DataException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/// A file that is there whole or not at all: written beside its place, forced to the disk, renamed.
/// Compressed when its name ends in `.gz`. Until `commit` a failure, Ctrl-C included, leaves what
/// was there. One thread.
final class ExportFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final Writer writer;
  private final Thread cleaner;

  private ExportFile(Path target) throws IOException {
    this.target = target;
    this.part =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    this.channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    OutputStream out = Channels.newOutputStream(channel);
    OutputStream packed =
        target.getFileName().toString().endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out;
    this.writer =
        new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), BUFFER);
    this.cleaner = new Thread(() -> delete(part));
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /// Throws [DataException] when nothing can be written there.
  static ExportFile create(Path target) {
    try {
      if (Files.isDirectory(target)) {
        throw new DataException("cannot write " + target + ": it is a folder");
      }
      return new ExportFile(target);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  Writer writer() {
    return writer;
  }

  /// Puts the file in its place and answers its size.
  long commit() {
    try {
      writer.flush();
      // GZIP writes its trailer only when it is closed, and closing it closes the channel.
      writer.close();
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Files.size(target);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(target, e);
    } finally {
      delete(part);
      keepNoCleaner();
    }
  }

  private void keepNoCleaner() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // the process ends: the hook runs anyway
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  static DataException failed(Path file, IOException error) {
    String reason =
        error instanceof java.nio.file.NoSuchFileException
            ? "no folder " + file.toAbsolutePath().getParent()
            : String.valueOf(error.getMessage());
    return new DataException("cannot write " + file + ": " + reason, error);
  }
}

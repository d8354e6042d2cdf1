package dev.mdp.ops.export;

import dev.mdp.core.error.DataException;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/// The file of an export, compressed when its name ends in `.gz`. A regular one is there whole or
/// not at all; a FIFO or a device is written through. One thread.
public final class ExportFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final Duration READER_LIMIT = Duration.ofSeconds(60);

  private final Path name;
  private final ExportTarget target;
  private final Counted counted;
  private final Writer writer;

  private ExportFile(Path name, ExportTarget target) throws IOException {
    this.name = name;
    this.target = target;
    this.counted = new Counted(Channels.newOutputStream(target.channel()));
    boolean packed = String.valueOf(name.getFileName()).endsWith(".gz");
    OutputStream out = packed ? new GZIPOutputStream(counted, BUFFER) : counted;
    this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
  }

  /// Throws [DataException] when nothing can be written there, and [FileAlreadyExistsException]
  /// when only `force` would.
  ///
  /// @param force whether what is there may be overwritten
  /// @param notice is called while it waits
  public static ExportFile create(Path name, boolean force, Consumer<String> notice)
      throws FileAlreadyExistsException {
    return create(name, force, READER_LIMIT, notice);
  }

  public static ExportFile create(
      Path name, boolean force, Duration readerLimit, Consumer<String> notice)
      throws FileAlreadyExistsException {
    try {
      ResolvedFile file = checked(name, force);
      ExportTarget target =
          switch (file.kind()) {
            case ABSENT, REGULAR -> PartFile.beside(file.path(), force);
            case FIFO -> WrittenThrough.fifo(file.path(), readerLimit, notice);
            case OPEN -> WrittenThrough.openFile(file.path());
            case CHARACTER_DEVICE, BLOCK_DEVICE -> WrittenThrough.device(file.path());
            case FOLDER, SOCKET -> throw new IllegalStateException("checked: " + file);
          };
      try {
        return new ExportFile(name, target);
      } catch (IOException e) {
        target.close();
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /// Throws as `create` does where it would not be started at all; writes nothing.
  public static void check(Path name, boolean force) throws FileAlreadyExistsException {
    try {
      checked(name, force);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static ResolvedFile checked(Path name, boolean force) throws IOException {
    ResolvedFile file = ResolvedFile.of(name);
    switch (file.kind()) {
      case REGULAR, BLOCK_DEVICE -> {
        if (!force) {
          throw new FileAlreadyExistsException(name.toString());
        }
      }
      case FOLDER -> throw new DataException("cannot write " + name + ": it is a folder");
      case SOCKET -> throw new DataException("cannot write " + name + ": it is a socket");
      case ABSENT, OPEN, FIFO, CHARACTER_DEVICE -> {}
    }
    return file;
  }

  public Writer writer() {
    return writer;
  }

  /// Puts the file in its place and returns how many bytes were written.
  public long commit() throws FileAlreadyExistsException {
    try {
      writer.close(); // with the trailer of GZIP
      target.commit();
      return counted.bytes;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  @Override
  public void close() {
    try {
      target.close();
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  public static DataException failed(Path file, IOException error) {
    String said =
        error instanceof FileSystemException system
            ? Optional.ofNullable(system.getReason()).orElse(error.getClass().getSimpleName())
            : String.valueOf(error.getMessage());
    String reason =
        switch (error) {
          case NoSuchFileException missing -> "no folder " + missing.getFile();
          case AccessDeniedException _ -> "permission denied";
          default -> said.equals("Broken pipe") ? "its reader went away" : said;
        };
    return new DataException("cannot write " + file + ": " + reason, error);
  }

  /// Counts, and stays open: what becomes of the target is decided by the commit.
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}

package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// One data file, opened: its plain bytes (without a byte order mark), how much of it is read, and
/// errors that name its lines. Gzip is told by the content, not by the name. Every byte is read, or
/// the file is refused: a zero byte in the text is a hole that swallowed rows. One thread.
///
/// A failure to read is kept until the reader has used up the bytes before it ([#failure]), so that
/// the message can name the line where they end. An interrupt does not break reading, as it would
/// with a channel.
final class InputFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_BYTES = 6;
  private static final String TORN =
      " (the last line, and it has no line end: still being written, or cut off? bad_lines: skip passes over it and counts it)";

  private final Path path;
  private final long sizeBytes;
  private final CountingStream raw;
  private final InputStream plain;
  private @Nullable GzipMembers gzip;
  private @Nullable IOException failure;
  private boolean looksLikeJson;
  private long lineEnds;
  private boolean endsWithLine = true;
  private boolean ended;

  private InputFile(Path path) throws IOException {
    this.path = path;
    this.sizeBytes = Files.size(path);
    this.raw = new CountingStream(new FileInputStream(path.toFile()));
    try {
      BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
      buffered.mark(MAGIC_BYTES);
      byte[] magic = buffered.readNBytes(MAGIC_BYTES);
      buffered.reset();
      Optional<String> foreign = Magic.foreignFormat(magic);
      if (foreign.isPresent()) {
        throw error(1, foreign.get());
      }
      if (Magic.isGzip(magic)) {
        gzip = new GzipMembers(buffered);
      }
      this.plain = withoutMark(new UntilFailure(gzip != null ? gzip : buffered));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /// Throws [DataException] when the file is missing, a directory, unreadable or of another format.
  static InputFile open(Path path) {
    requireReadable(path);
    try {
      return new InputFile(path);
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": no such file", e);
    } catch (IOException e) {
      throw new DataException(path + ":1: cannot be read: " + e.getMessage(), e);
    }
  }

  /// Throws [DataException] when the file is missing, a directory or not to be read.
  static void requireReadable(Path path) {
    if (Files.isDirectory(path)) {
      throw new DataException(
          path + ": is a directory; name the files in it, or a pattern such as " + path + "/*.csv");
    }
    if (!Files.exists(path)) {
      throw new DataException(
          path
              + ": no such file"
              + (path.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath()));
    }
    if (!Files.isReadable(path)) {
      throw new DataException(path + ": permission denied");
    }
  }

  /// Zeros after the gzip data, as tapes and blocks are filled with.
  long paddingBytes() {
    return gzip == null ? 0 : gzip.paddingBytes();
  }

  /// The decompressed bytes; ends early where reading fails.
  InputStream stream() {
    return plain;
  }

  /// Throws when the bytes ended because reading failed; `line` is where they end.
  void throwIfFailed(long line) {
    if (failure != null) {
      throw new DataException(at(line) + reason(failure), failure);
    }
  }

  /// Whether the text begins with a brace.
  boolean looksLikeJson() {
    return looksLikeJson;
  }

  boolean failed() {
    return failure != null;
  }

  DataException error(long line, String message) {
    return new DataException(at(line) + message);
  }

  /// As [#error], for what concerns this line alone.
  BadLine badLine(long line, String message, @Nullable Throwable cause) {
    return new BadLine(new DataException(at(line) + message, cause));
  }

  /// The same, for what may be wrong because the line is not whole.
  BadLine cutLine(long line, String message, @Nullable Throwable cause) {
    return badLine(line, isTorn(line) ? message + TORN : message, cause);
  }

  /// Whether the text ended in this line. Known when all of it is read.
  boolean isTorn(long line) {
    return ended && lineEnds == line - 1 && !endsWithLine;
  }

  DataException error(long line, String message, Throwable cause) {
    return new DataException(at(line) + message, cause);
  }

  /// Bytes of the file read so far, compressed ones when it is compressed.
  long bytesRead() {
    return raw.bytes;
  }

  /// Zero for what is not a plain file, such as a pipe.
  long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      throw new DataException(path + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  private String at(long line) {
    return path + ":" + line + ": ";
  }

  /// The text without a byte order mark. Throws [DataException] when what was unpacked is not text.
  private InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream text = new PushbackInputStream(in, MAGIC_BYTES);
    byte[] first = text.readNBytes(MAGIC_BYTES);
    Optional<String> foreign =
        Magic.isGzip(first)
            ? Optional.of("is gzip within gzip: use gzip -d first")
            : Magic.foreignFormat(first).map(what -> "what the gzip holds " + what);
    if (foreign.isPresent()) {
      throw error(1, foreign.get());
    }
    int mark = Magic.startsWith(first, 0xef, 0xbb, 0xbf) ? 3 : 0;
    text.unread(first, mark, first.length - mark);
    looksLikeJson = first.length > mark && first[mark] == '{';
    return text;
  }

  private String reason(IOException e) {
    return switch (e) {
      case EOFException _ ->
          "the gzip data ends in the middle: the file was cut off (an unfinished download or copy?)";
      case ZipException _ -> "the gzip data is broken: " + e.getMessage();
      case GzipMembers.BytesAfterGzip more ->
          "the gzip data is followed by %s; head -c %d %s | gzip -d unpacks what is gzip"
              .formatted(more.getMessage(), more.gzipBytes, path);
      case ZeroByte _ -> String.valueOf(e.getMessage());
      default -> "cannot be read: " + e.getMessage();
    };
  }

  /// A text has none.
  private static final class ZeroByte extends IOException {
    ZeroByte(long offset) {
      super(
          "a zero byte, byte %d of the text: a hole where rows were (an unfinished copy, a crash of the recorder), or no UTF-8 text (UTF-16, a tar archive)"
              .formatted(offset + 1));
    }
  }

  private static final class CountingStream extends FilterInputStream {
    private long bytes;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      bytes += Math.max(0, count);
      return count;
    }
  }

  private final class UntilFailure extends FilterInputStream {
    private long bytes;

    UntilFailure(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (failure != null) {
        return -1;
      }
      try {
        return untilZero(buffer, offset, super.read(buffer, offset, length));
      } catch (IOException e) {
        failure = e;
        return -1;
      }
    }

    /// How many of the bytes are before the first zero.
    private int untilZero(byte[] buffer, int offset, int count) {
      for (int i = 0; i < count; i++) {
        if (buffer[offset + i] == 0) {
          failure = new ZeroByte(bytes + i);
          return i == 0 ? -1 : i;
        }
      }
      bytes += Math.max(0, count);
      countLines(buffer, offset, count);
      return count;
    }

    private void countLines(byte[] buffer, int offset, int count) {
      for (int i = offset; i < offset + count; i++) {
        lineEnds += buffer[i] == '\n' ? 1 : 0;
      }
      if (count > 0) {
        endsWithLine = buffer[offset + count - 1] == '\n';
      }
      ended |= count < 0;
    }
  }
}

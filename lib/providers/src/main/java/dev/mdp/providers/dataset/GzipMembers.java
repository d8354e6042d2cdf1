package dev.mdp.providers.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The text of a gzip file (RFC 1952) to the file's last byte: any number of members one after the
/// other, then nothing, or zeros as tapes and blocks are filled with. Everything else after a
/// member is refused with its place; a library's stream that just ends there would lose it. One
/// thread.
final class GzipMembers extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SHOWN_BYTES = 40;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA_FIELD = 4;
  private static final int FILE_NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] input = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  /// Where in the file the buffer begins.
  private long bufferStart;

  private boolean inMember;
  private boolean ended;
  private long members;
  private long paddingBytes;

  GzipMembers(InputStream in) {
    this.in = in;
  }

  /// Zeros that followed the last member.
  long paddingBytes() {
    return paddingBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int count = inflate(buffer, offset, length);
      if (count > 0) {
        checksum.update(buffer, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        requireByte();
        inflater.setInput(input, position, limit - position);
        position = limit;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(buffer, offset, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary, before byte " + at());
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(
          (e.getMessage() == null ? "invalid data" : e.getMessage())
              + ", before byte "
              + (at() - inflater.getRemaining() + 1));
    }
  }

  /// False at the end of the file.
  private boolean beginMember() throws IOException {
    if (members > 0 && !followingMember()) {
      return false;
    }
    int flags = header();
    if ((flags & EXTRA_FIELD) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & FILE_NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    inMember = true;
    members++;
    return true;
  }

  private int header() throws IOException {
    long start = at();
    int first = next();
    int second = next();
    int method = next();
    int flags = next();
    if (first != 0x1f || second != 0x8b || method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("unknown compression or flags at byte " + (start + 1));
    }
    skip(6);
    return flags;
  }

  /// Whether a member begins here; passes over zeros to the file's end.
  private boolean followingMember() throws IOException {
    long memberEnd = at();
    while (hasByte() && input[position] == 0) {
      position++;
      paddingBytes++;
    }
    if (!hasByte()) {
      return false;
    }
    if (paddingBytes > 0 || !startsMember()) {
      throw new BytesAfterGzip(memberEnd, at(), preview());
    }
    return true;
  }

  private boolean startsMember() throws IOException {
    gather(2);
    return limit - position >= 2
        && (input[position] & 0xff) == 0x1f
        && (input[position + 1] & 0xff) == 0x8b;
  }

  private String preview() throws IOException {
    gather(SHOWN_BYTES);
    int shown = Math.min(SHOWN_BYTES, limit - position);
    return new String(input, position, shown, StandardCharsets.ISO_8859_1);
  }

  private void endMember() throws IOException {
    position -= inflater.getRemaining();
    inMember = false;
    long stored = next4();
    long length = next4();
    if (stored != checksum.getValue() || length != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("the checksum of the part that ends at byte " + at() + " is wrong");
    }
  }

  private long next4() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // a name or comment ends with a zero
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private int next() throws IOException {
    requireByte();
    return input[position++] & 0xff;
  }

  private void requireByte() throws IOException {
    if (!hasByte()) {
      throw new EOFException();
    }
  }

  private boolean hasByte() throws IOException {
    while (position == limit) {
      bufferStart += limit;
      position = 0;
      limit = 0;
      int count = in.read(input, 0, input.length);
      if (count < 0) {
        return false;
      }
      limit = count;
    }
    return true;
  }

  /// Reads until this many bytes are in the buffer, or the file ends.
  private void gather(int bytes) throws IOException {
    if (limit - position < bytes) {
      System.arraycopy(input, position, input, 0, limit - position);
      bufferStart += position;
      limit -= position;
      position = 0;
    }
    int count = 0;
    while (count >= 0 && limit - position < bytes) {
      count = in.read(input, limit, input.length - limit);
      limit += Math.max(0, count);
    }
  }

  /// How many bytes of the file are before the next one.
  private long at() {
    return bufferStart + position;
  }

  /// What follows the gzip data is none.
  static final class BytesAfterGzip extends IOException {
    /// How many bytes of the file are gzip.
    final long gzipBytes;

    BytesAfterGzip(long gzipBytes, long start, String preview) {
      super(
          "%s from byte %d on: %s"
              .formatted(
                  start == gzipBytes
                      ? "something else"
                      : (start - gzipBytes) + " zero bytes, and something else",
                  start + 1,
                  Quoted.of(preview)));
      this.gzipBytes = gzipBytes;
    }
  }
}

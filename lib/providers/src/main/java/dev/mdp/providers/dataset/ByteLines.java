package dev.mdp.providers.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// A file's lines as slices of one buffer, without their line ends. The slice is valid until the
/// next call. One thread.
final class ByteLines {
  static final int MAX_LINE_BYTES = 1 << 20;

  private final InputFile file;
  private byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private int start;
  private int end;
  private long line;
  private boolean ended;

  ByteLines(InputFile file) {
    this.file = file;
  }

  /// Goes to the next line; false at the end. Throws [dev.mdp.core.error.DataException] for a line
  /// that is too long or cut off.
  boolean next() {
    int scanned = position;
    while (true) {
      for (int i = scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          return slice(i, i + 1);
        }
      }
      scanned = limit;
      if (ended) {
        file.throwIfFailed(line + 1);
        return position < limit && slice(limit, limit);
      }
      scanned -= makeRoom();
      fill();
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  long line() {
    return line;
  }

  private boolean slice(int lineEnd, int nextStart) {
    start = position;
    end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    position = nextStart;
    line++;
    return true;
  }

  /// Moves the unfinished line to the front, or makes the buffer larger; returns by how much the
  /// line moved.
  private int makeRoom() {
    int moved = position;
    if (moved > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= moved;
      position = 0;
    }
    if (limit == buffer.length) {
      if (limit >= MAX_LINE_BYTES) {
        throw file.error(
            line + 1, "the line is longer than " + MAX_LINE_BYTES + " bytes; not NDJSON?");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return moved;
  }

  private void fill() {
    try {
      int count = file.stream().read(buffer, limit, buffer.length - limit);
      ended = count < 0;
      limit += Math.max(0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // InputFile keeps failures to itself
    }
  }
}

package dev.mdp.cli.log;

import java.io.Writer;

/// Gives [Stderr] what is written, a line at a time. Thread-safe as every `Writer`.
final class LineWriter extends Writer {
  private final Stderr stderr;
  private final boolean warnings;
  private final StringBuilder begun = new StringBuilder();

  LineWriter(Stderr stderr, boolean warnings) {
    this.stderr = stderr;
    this.warnings = warnings;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    synchronized (lock) {
      for (int i = offset; i < offset + length; i++) {
        if (text[i] == '\n') {
          stderr.line(warnings, line());
        } else {
          begun.append(text[i]);
        }
      }
    }
  }

  @Override
  public void flush() {
    synchronized (lock) {
      if (!begun.isEmpty()) {
        stderr.unfinished(begun.toString());
        begun.setLength(0);
      }
    }
  }

  @Override
  public void close() {
    flush();
  }

  private String line() {
    String line = begun.toString();
    begun.setLength(0);
    int erased = line.lastIndexOf(Stderr.ERASE);
    return erased < 0 ? line : line.substring(erased + Stderr.ERASE.length());
  }
}

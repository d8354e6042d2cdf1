package dev.mdp.cli.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Standard output that does not hide write errors: a `PrintWriter` swallows them, and a program
/// would not end for a reader that is gone.
public final class Stdout extends OutputStream {
  private final OutputStream out;

  private Stdout(OutputStream out) {
    this.out = out;
  }

  /// For bytes that are not text.
  public static Stdout bytes() {
    return new Stdout(new FileOutputStream(FileDescriptor.out));
  }

  public static PrintWriter open() {
    return over(new FileOutputStream(FileDescriptor.out));
  }

  public static PrintWriter over(OutputStream out) {
    return new PrintWriter(
        new java.io.BufferedWriter(
            new java.io.OutputStreamWriter(new Stdout(out), StandardCharsets.UTF_8), 1 << 16));
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new StdoutError(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new StdoutError(e);
    }
  }

  /// Results could not be written. An error, so that no handler on the way takes it for its own.
  public static final class StdoutError extends Error {
    StdoutError(IOException cause) {
      super("cannot write the results to standard output: " + cause.getMessage(), cause);
    }

    /// Whether the reader is gone, as after `mdp … | head -1`.
    boolean closedPipe() {
      return String.valueOf(getMessage()).contains("Broken pipe");
    }
  }
}

package dev.mdp.bench;

import dev.mdp.core.error.ConfigException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A psql session that is kept open: its start is not part of a measurement. One thread.
final class Psql implements AutoCloseable {
  private static final String DONE = "bench-done";

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  Psql(String url) throws IOException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      process = builder.start();
    } catch (IOException e) {
      throw new ConfigException(
          "the benchmark compares with psql, which is not there: apt-get install postgresql-client",
          e);
    }
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
    await();
  }

  /// Copies each file in its own transaction.
  void copy(String table, List<Path> files) throws IOException {
    for (Path file : files) {
      in.write("\\copy " + table + " from '" + file + "'");
      in.newLine();
    }
    await();
  }

  /// Runs one statement or command to its end.
  void ask(String text) throws IOException {
    in.write(text.startsWith("\\") ? text : text + ";");
    in.newLine();
    await();
  }

  long pid() {
    return process.pid();
  }

  private void await() throws IOException {
    in.write("\\echo " + DONE);
    in.newLine();
    in.flush();
    String line = out.readLine();
    if (!DONE.equals(line)) {
      throw new IllegalStateException("psql said: " + line);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

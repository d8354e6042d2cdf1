package dev.mdp.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// What a short program answered.
///
/// @param output standard output and error, stripped
public record Command(int exitCode, String output) {

  /// Runs it to its end in the C locale, with `input` on its standard input.
  public static Command run(List<String> command, String input) throws IOException {
    return run(command, input, Path.of(""));
  }

  /// The same in another working directory; an empty path is this process's own.
  public static Command run(List<String> command, String input, Path directory) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (!directory.toString().isEmpty()) {
      builder.directory(directory.toFile());
    }
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    Process process = builder.start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Command(process.waitFor(), output.strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.getFirst() + " ran", e);
    }
  }

  /// Sends a signal by its name.
  public static void signal(String name, long pid) throws IOException {
    run(List.of("sh", "-c", "kill -" + name + " " + pid), "");
  }

  public boolean isOk() {
    return exitCode == 0;
  }
}

package dev.mdp.embedded.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a short program answered.
///
/// @param output standard output and error, stripped
record Command(int exitCode, String output) {

  /// Runs it to its end in the C locale, with `input` on its standard input.
  static Command run(List<String> command, String input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
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
  static void signal(String name, long pid) throws IOException {
    run(List.of("sh", "-c", "kill -" + name + " " + pid), "");
  }

  boolean isOk() {
    return exitCode == 0;
  }
}

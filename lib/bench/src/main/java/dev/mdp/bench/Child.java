package dev.mdp.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A separate JVM that runs one of our mains with `name=value` arguments and responds with lines
/// `RESULT name=value …` on its standard output. One thread.
final class Child implements AutoCloseable {
  private static final String RESULT = "RESULT ";

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final String name;

  private Child(Process process, String name) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.name = name;
  }

  static Child start(Class<?> main, List<String> jvmOptions, Map<String, String> arguments) {
    return start(main, jvmOptions, arguments, "");
  }

  /// With the jars of this folder beside our own jar first on its class path; empty for none.
  static Child start(
      Class<?> main, List<String> jvmOptions, Map<String, String> arguments, String before) {
    String ours = System.getProperty("java.class.path", "");
    String classPath =
        before.isEmpty() ? ours : beside(before).resolve("*") + File.pathSeparator + ours;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(jvmOptions);
    String more = System.getProperty("bench.jvm", "");
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split(" ")));
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", classPath, main.getName()));
    arguments.forEach((key, value) -> command.add(key + "=" + value));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      return new Child(builder.start(), main.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path beside(String folder) {
    try {
      Path own = Path.of(Child.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolveSibling(folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The arguments of a main as they were given to [#start].
  static Map<String, String> arguments(String[] arguments) {
    Map<String, String> all = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      all.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return all;
  }

  /// What a main says to its parent.
  static void answer(Map<String, ?> values) {
    StringBuilder line = new StringBuilder(RESULT.strip());
    values.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    System.out.println(line);
    System.out.flush();
  }

  /// The next result. Throws when the child ended without one.
  Map<String, String> result() {
    try {
      @Nullable String line;
      while ((line = out.readLine()) != null) {
        if (line.startsWith(RESULT)) {
          return arguments(line.substring(RESULT.length()).split(" "));
        }
        System.err.println(name + ": " + line);
      }
      throw new IllegalStateException(
          name + " ended without a result, exit code " + process.waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void say(String line) {
    try {
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package dev.mdp.cli.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Where a process finds the program's classes. In the build that is the jar that is shipped, with
/// an archive of what a worker loads at its start, made once for the hundreds of processes that the
/// tests start: more than half of a short process's time would be that.
final class ProgramClasses {
  private static final List<String> OPTIONS = find();

  private ProgramClasses() {}

  /// The last options for java, and the program.
  static List<String> options() {
    return OPTIONS;
  }

  private static List<String> find() {
    String jar = System.getProperty("mdp.it.jar", "");
    if (jar.isEmpty() || !Files.exists(Path.of(jar))) {
      return List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
          "dev.mdp.cli.Mdp");
    }
    try {
      return List.of("-XX:SharedArchiveFile=" + archive(Path.of(jar)), "-jar", jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Test processes run side by side: the first makes it, the others wait. The JVM itself compares
  /// the jar's time and size with those in the archive.
  private static Path archive(Path jar) throws IOException {
    Path archive = jar.resolveSibling("it-classes.jsa");
    try (FileChannel lock =
            FileChannel.open(
                jar.resolveSibling("it-classes.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      if (!Files.exists(archive)
          || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        make(jar, archive);
      }
    }
    return archive;
  }

  private static void make(Path jar, Path archive) throws IOException {
    Path fresh = archive.resolveSibling("it-classes.new");
    List<String> command = new ArrayList<>(Child.JVM);
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + fresh, "-jar", jar.toString()));
    command.addAll(List.of("stream", "micro-batch", "--wait", "0"));
    command.addAll(List.of("--set", "bus.redis.uri=redis://127.0.0.1:1/0"));
    command.addAll(List.of("--set", "store.url=postgresql://127.0.0.1:1/none"));
    command.addAll(List.of("--set", "telemetry.metrics_port=0"));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("no archive of the program's classes within two minutes");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
  }
}

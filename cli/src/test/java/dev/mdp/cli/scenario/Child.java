package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A command in its own Java process, so that it can be killed and its log be read.
final class Child implements AutoCloseable {
  static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Duser.language=" + System.getProperty("user.language"),
          "-Duser.country=" + System.getProperty("user.country", ""),
          "-Duser.timezone=" + java.util.TimeZone.getDefault().getID(),
          "-Xlog:disable", // what the JVM has to say would go to stdout
          "-Xlog:all=error:stderr");

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final String command;
  private final Process process;
  private final Path out;
  private final Path err;
  private final Thread cleaner;

  private Child(String command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
    this.cleaner = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  static Child start(Path folder, Map<String, String> environment, String... args) {
    return launch(folder, environment, javaCommand(args), args);
  }

  /// With SIGHUP as a terminal has it: under `nohup` every child ignores it.
  static Child startHearingHup(Path folder, Map<String, String> environment, String... args) {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    command.addAll(javaCommand(args));
    return launch(folder, environment, command, args);
  }

  private static Child launch(
      Path folder, Map<String, String> environment, List<String> command, String... args) {
    try {
      Path out = Files.createTempFile(folder, "child", ".out");
      Path err = Files.createTempFile(folder, "child", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MDP_"));
      builder
          .environment()
          .keySet()
          .removeAll(List.of("REDIS_URI", "DATABASE_URL", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      builder
          .environment()
          .put("XDG_CACHE_HOME", folder.resolve("cache").toAbsolutePath().toString());
      builder.environment().putAll(environment);
      return new Child(String.join(" ", args), builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> javaCommand(String... args) {
    List<String> command = new ArrayList<>(JVM);
    command.add("-Xmx256m");
    command.addAll(ProgramClasses.options());
    command.addAll(List.of(args));
    return command;
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  /// What it wrote last to stderr, for the message of a test that waits for it in vain.
  String lastLines() {
    List<String> lines = err().lines().toList();
    return "%s (%s):%n%s"
        .formatted(
            command,
            isAlive() ? "running" : "ended with " + process.exitValue(),
            String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size())));
  }

  /// Waits until it wrote this to stderr.
  Child awaitErr(String text) {
    Awaitility.await(command)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> err().contains(text) || !process.isAlive());
    assertThat(err()).as(command).contains(text);
    return this;
  }

  /// SIGKILL.
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// Sends it a signal as `kill -NAME` does, without waiting for what comes of it.
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      assertThat(kill.waitFor()).as("kill -%s %s", name, command).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// SIGTERM; returns how it ended.
  Outcome terminate() {
    process.destroy();
    return awaitEnd();
  }

  Outcome awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("%s ends; stderr: %s", command, err())
          .isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new Outcome(command, process.exitValue(), out(), err());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
    Runtime.getRuntime().removeShutdownHook(cleaner);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

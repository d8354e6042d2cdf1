package dev.mdp.bench.nemesis;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process that is started again whenever it ends. Thread-safe.
final class ManagedProcess {
  /// What a managed process does.
  enum Role {
    MICRO_BATCH,
    TICKS,
    SENDER,
    PRODUCER;

    /// Whether it sends what the others work on.
    boolean isSource() {
      return this == SENDER || this == PRODUCER;
    }
  }

  /// How to start the next process.
  interface Command {
    /// @param name unique to the process
    /// @param acceptLoss whether it may continue after the log has lost entries
    List<String> words(String name, boolean acceptLoss);
  }

  private final String name;
  private final Role role;
  private final Command command;
  private final Path folder;
  private @Nullable Process process;
  private int generation;
  private boolean killed;
  private boolean frozen;

  ManagedProcess(String name, Role role, Command command, Path folder) {
    this.name = name;
    this.role = role;
    this.command = command;
    this.folder = folder;
  }

  Role role() {
    return role;
  }

  /// The name of the process that is or was there, e.g. `micro-batch-1.7`.
  synchronized String processName() {
    return name + "." + generation;
  }

  synchronized void start(boolean acceptLoss) throws IOException {
    generation++;
    killed = false;
    frozen = false;
    ProcessBuilder builder = new ProcessBuilder(command.words(processName(), acceptLoss));
    builder.directory(folder.toFile());
    builder.redirectOutput(new File("/dev/null"));
    builder.redirectError(log().toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("MDP_"));
    List.of("REDIS_URI", "DATABASE_URL", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NOTIFY_SOCKET")
        .forEach(builder.environment()::remove);
    process = builder.start();
  }

  /// What the current process says on stderr.
  Path log() {
    return folder.resolve(processName() + ".log");
  }

  /// SIGKILL; the exit that follows is no surprise. Returns whether there was someone to kill.
  synchronized boolean kill() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return false;
    }
    killed = true;
    running.destroyForcibly();
    return true;
  }

  /// SIGSTOP; returns whether there was someone to stop.
  synchronized boolean freeze() throws IOException {
    frozen = process != null && process.isAlive() && !killed && signal("STOP");
    return frozen;
  }

  synchronized boolean isFrozen() {
    return frozen;
  }

  /// SIGCONT of the process that was frozen under this name.
  synchronized void thaw(String frozenName) throws IOException {
    if (frozen && frozenName.equals(processName())) {
      frozen = false;
      signal("CONT");
    }
  }

  private boolean signal(String signal) throws IOException {
    Process running = process;
    return running != null && running.isAlive() && signal(running.pid(), signal);
  }

  /// Sends a signal to any process; returns whether that was done.
  static boolean signal(long pid, String signal) throws IOException {
    return wait(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start(), 5);
  }

  /// A line on the process's standard input.
  synchronized void tell(String line) {
    Process running = process;
    if (running != null && running.isAlive()) {
      try {
        running.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        running.getOutputStream().flush();
      } catch (IOException _) {
        // it is ending
      }
    }
  }

  /// The exit code of a process that has ended, or -1.
  synchronized int exitCode() {
    Process running = process;
    return running == null || running.isAlive() ? -1 : running.exitValue();
  }

  /// Whether the last end was ours.
  synchronized boolean wasKilled() {
    return killed;
  }

  /// SIGTERM, then waits; returns the exit code, or -1 when it did not end in time.
  int drain(int seconds) throws IOException {
    Process running;
    synchronized (this) {
      running = process;
      if (frozen) {
        thaw(processName());
      }
    }
    if (running == null) {
      return 0;
    }
    running.destroy();
    return wait(running, seconds) ? running.exitValue() : -1;
  }

  /// Runs a process until it ends by itself; what it says goes to `once.log`.
  static void runToEnd(List<String> words, Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("once.log").toFile());
    Process process = builder.start();
    if (!wait(process, 120) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          String.join(" ", words) + " failed: " + Files.readString(folder.resolve("once.log")));
    }
  }

  /// Runs a process until it ends by itself; returns what it said, and its exit code.
  static String output(List<String> words, Path folder) throws IOException {
    Path said = folder.resolve("output.log");
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process = builder.start();
    if (!wait(process, 120)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", words) + " did not end: " + Files.readString(said));
    }
    return Files.readString(said).strip() + "\nexit code " + process.exitValue();
  }

  /// The last lines of a process's log.
  static List<String> tail(Path log, int lines) throws IOException {
    List<String> all = Files.readAllLines(log, StandardCharsets.UTF_8);
    return new ArrayList<>(all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  private static boolean wait(Process process, int seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

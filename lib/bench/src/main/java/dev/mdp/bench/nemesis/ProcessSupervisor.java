package dev.mdp.bench.nemesis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Three micro-batch workers, two tick workers and two senders, as processes, and their supervisor:
/// it restarts what ended, with leave to accept the loss where the log had lost entries.
/// Thread-safe.
final class ProcessSupervisor implements AutoCloseable {
  static final int MICRO_BATCHES = 3;
  static final int TICKS = 2;
  static final int SENDERS = 2;
  static final int SYMBOLS = 10;
  private static final int LOST_LOG = 65;

  /// Documented for a start while a server is away.
  private static final int UNREACHABLE = 69;

  private static final int DRAIN_SECONDS = 60;

  private final List<ManagedProcess> processes = new ArrayList<>();
  private final List<Path> senderLogs = Collections.synchronizedList(new ArrayList<>());
  private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> ends = Collections.synchronizedMap(new TreeMap<>());
  private final NemesisOptions options;
  private final TestBed testBed;
  private final Thread supervisor;
  private final Thread cleaner;
  private volatile boolean closed;
  private volatile boolean logDestroyed;

  ProcessSupervisor(NemesisOptions options, TestBed testBed) throws IOException {
    this.options = options;
    this.testBed = testBed;
    for (int i = 1; i <= MICRO_BATCHES; i++) {
      add("micro-batch-" + i, ManagedProcess.Role.MICRO_BATCH, this::microBatch);
    }
    for (int i = 1; i <= TICKS; i++) {
      add("ticks-" + i, ManagedProcess.Role.TICKS, this::ticks);
    }
    for (int i = 1; i <= SENDERS; i++) {
      String provider = "sender" + i;
      add("sender-" + i, ManagedProcess.Role.SENDER, (name, _) -> sender(name, provider));
    }
    cleaner = new Thread(() -> processes.forEach(ManagedProcess::kill));
    Runtime.getRuntime().addShutdownHook(cleaner);
    archiveClasses();
    for (ManagedProcess process : processes) {
      process.start(false);
    }
    supervisor = Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
  }

  private void add(String name, ManagedProcess.Role role, ManagedProcess.Command command) {
    processes.add(new ManagedProcess(name, role, command, testBed.folder()));
  }

  List<ManagedProcess> processes(ManagedProcess.Role role) {
    return processes.stream().filter(process -> process.role() == role).toList();
  }

  List<ManagedProcess> processes() {
    return processes;
  }

  /// The logs of all senders that ever ran.
  List<Path> senderLogs() {
    return List.copyOf(senderLogs);
  }

  /// From now on a worker may stop because the log lost entries.
  void logIsDestroyed() {
    logDestroyed = true;
  }

  /// Ends no one expected, each with the last words of its process.
  List<String> surprises() {
    return List.copyOf(surprises);
  }

  /// How often processes ended by themselves, by role and exit code.
  Map<String, Integer> ends() {
    return Map.copyOf(ends);
  }

  /// Lets the senders finish what they are at; then nothing is sent any more.
  void endSenders() throws IOException {
    closed = true; // nothing is started again from here on but by heal
    for (ManagedProcess sender : processes(ManagedProcess.Role.SENDER)) {
      sender.thaw(sender.processName());
      sender.tell("end");
    }
    for (ManagedProcess sender : processes(ManagedProcess.Role.SENDER)) {
      while (sender.exitCode() < 0) {
        NemesisTimes.sleep(50);
      }
    }
    closed = false;
  }

  /// SIGTERM to every worker; each must drain and exit 0.
  void drainWorkers() throws IOException {
    closed = true;
    for (ManagedProcess process : processes) {
      if (process.role() != ManagedProcess.Role.SENDER) {
        int code = process.drain(DRAIN_SECONDS);
        if (code != 0) {
          surprises.add(
              process.processName() + " was to drain and ended with " + code + last(process));
        }
      }
    }
  }

  private void supervise() {
    while (!Thread.currentThread().isInterrupted()) {
      NemesisTimes.sleep(100);
      for (ManagedProcess process : processes) {
        if (!closed && process.exitCode() >= 0) {
          replace(process);
        }
      }
    }
  }

  private void replace(ManagedProcess process) {
    try {
      int code = process.exitCode();
      boolean lost = code == LOST_LOG && process.role() != ManagedProcess.Role.SENDER;
      boolean over = process.role() == ManagedProcess.Role.SENDER && code == 0;
      if (over) {
        return;
      }
      if (!process.wasKilled()) {
        ends.merge(process.role() + " exit " + code, 1, Integer::sum);
        if (code != UNREACHABLE && !(lost && logDestroyed)) {
          surprises.add(process.processName() + " ended with " + code + last(process));
        }
      }
      process.start(lost && !process.wasKilled());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String last(ManagedProcess process) throws IOException {
    return ": " + String.join(" / ", ManagedProcess.tail(process.log(), 3));
  }

  private List<String> microBatch(String name, boolean acceptLoss) {
    List<String> words =
        mdp("stream", "micro-batch", "--consumer", name, "--drain-timeout", "40s", "--wait", "60s");
    if (acceptLoss) {
      words.add("--accept-data-loss");
    }
    return words;
  }

  private List<String> ticks(String name, boolean acceptLoss) {
    List<String> words =
        mdp("stream", "ticks", "--consumer", name, "--drain-timeout", "40s", "--wait", "60s");
    if (acceptLoss) {
      words.add("--accept-data-loss");
    }
    return words;
  }

  private List<String> mdp(String... words) {
    List<String> command =
        java(
            "-XX:SharedArchiveFile=" + archive(),
            "-jar",
            options.jar().toAbsolutePath().toString());
    command.addAll(List.of(words));
    return command;
  }

  private List<String> sender(String name, String provider) {
    Path log = testBed.folder().resolve(name + ".sent");
    senderLogs.add(log);
    List<String> command = java("-cp", classPath(), SenderMain.class.getName());
    command.addAll(testBed.log().address());
    command.addAll(
        List.of(
            TestBed.TOPIC,
            Integer.toString(TestBed.SHARDS),
            provider,
            Integer.toString(SYMBOLS),
            Integer.toString(options.rate() / SENDERS),
            log.toString(),
            Long.toString(options.seed() * 31 + name.hashCode())));
    return command;
  }

  /// Absolute, because the processes run in their own folder.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// One run for the JVM's class archive: the many starts that follow cost half as much.
  private void archiveClasses() throws IOException {
    List<String> words = microBatch("archive", false);
    words.replaceAll(word -> word.replace("-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit"));
    words.addAll(List.of("--for", "500ms"));
    ManagedProcess.runToEnd(words, testBed.folder());
  }

  private Path archive() {
    return testBed.folder().resolve("mdp.jsa");
  }

  private static List<String> java(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx160m",
            "-Xshare:auto",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(words));
    return command;
  }

  /// All symbols that a sender uses.
  static List<String> symbols() {
    return IntStream.range(0, SYMBOLS).mapToObj(i -> "S" + i).toList();
  }

  @Override
  public void close() {
    closed = true;
    supervisor.interrupt();
    processes.forEach(ManagedProcess::kill);
    Runtime.getRuntime().removeShutdownHook(cleaner);
  }
}

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
/// it starts anew what ended, and what ended because the log lost entries with the leave to go on.
/// Thread-safe.
final class Roster implements AutoCloseable {
  static final int MICRO_BATCHES = 3;
  static final int TICKS = 2;
  static final int SENDERS = 2;
  static final int SYMBOLS = 10;
  private static final int LOST_LOG = 65;

  /// Documented for a start while a server is away.
  private static final int UNREACHABLE = 69;

  private static final int DRAIN_SECONDS = 60;

  private final List<Slot> slots = new ArrayList<>();
  private final List<Path> senderLogs = Collections.synchronizedList(new ArrayList<>());
  private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> ends = Collections.synchronizedMap(new TreeMap<>());
  private final NemesisOptions options;
  private final Grounds grounds;
  private final Thread supervisor;
  private final Thread cleaner;
  private volatile boolean closed;
  private volatile boolean logDestroyed;

  Roster(NemesisOptions options, Grounds grounds) throws IOException {
    this.options = options;
    this.grounds = grounds;
    for (int i = 1; i <= MICRO_BATCHES; i++) {
      add("micro-batch-" + i, Slot.Role.MICRO_BATCH, this::microBatch);
    }
    for (int i = 1; i <= TICKS; i++) {
      add("ticks-" + i, Slot.Role.TICKS, this::ticks);
    }
    for (int i = 1; i <= SENDERS; i++) {
      String provider = "sender" + i;
      add("sender-" + i, Slot.Role.SENDER, (name, _) -> sender(name, provider));
    }
    cleaner = new Thread(() -> slots.forEach(Slot::kill));
    Runtime.getRuntime().addShutdownHook(cleaner);
    archiveClasses();
    for (Slot slot : slots) {
      slot.start(false);
    }
    supervisor = Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
  }

  private void add(String name, Slot.Role role, Slot.Command command) {
    slots.add(new Slot(name, role, command, grounds.folder()));
  }

  List<Slot> slots(Slot.Role role) {
    return slots.stream().filter(slot -> slot.role() == role).toList();
  }

  List<Slot> slots() {
    return slots;
  }

  /// The accounts of all senders that ever ran.
  List<Path> senderLogs() {
    return List.copyOf(senderLogs);
  }

  /// From now on a worker may stop because the log lost entries.
  void logIsDestroyed() {
    logDestroyed = true;
  }

  /// Ends nobody expected, each with the last words of its process.
  List<String> surprises() {
    return List.copyOf(surprises);
  }

  /// How often processes ended by themselves, by role and exit code.
  Map<String, Integer> ends() {
    return Map.copyOf(ends);
  }

  /// Lets the senders finish what they are at; then nothing is sent any more.
  void endSenders() throws IOException {
    closed = true; // nobody is started anew from here on but by heal
    for (Slot sender : slots(Slot.Role.SENDER)) {
      sender.thaw(sender.processName());
      sender.tell("end");
    }
    for (Slot sender : slots(Slot.Role.SENDER)) {
      while (sender.exitCode() < 0) {
        Times.sleep(50);
      }
    }
    closed = false;
  }

  /// SIGTERM to every worker; each must drain and exit 0.
  void drainWorkers() throws IOException {
    closed = true;
    for (Slot slot : slots) {
      if (slot.role() != Slot.Role.SENDER) {
        int code = slot.drain(DRAIN_SECONDS);
        if (code != 0) {
          surprises.add(slot.processName() + " was to drain and ended with " + code + last(slot));
        }
      }
    }
  }

  private void supervise() {
    while (!Thread.currentThread().isInterrupted()) {
      Times.sleep(100);
      for (Slot slot : slots) {
        if (!closed && slot.exitCode() >= 0) {
          replace(slot);
        }
      }
    }
  }

  private void replace(Slot slot) {
    try {
      int code = slot.exitCode();
      boolean lost = code == LOST_LOG && slot.role() != Slot.Role.SENDER;
      boolean over = slot.role() == Slot.Role.SENDER && code == 0;
      if (over) {
        return;
      }
      if (!slot.wasKilled()) {
        ends.merge(slot.role() + " exit " + code, 1, Integer::sum);
        if (code != UNREACHABLE && !(lost && logDestroyed)) {
          surprises.add(slot.processName() + " ended with " + code + last(slot));
        }
      }
      slot.start(lost && !slot.wasKilled());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String last(Slot slot) throws IOException {
    return ": " + String.join(" / ", Slot.tail(slot.log(), 3));
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
    Path log = grounds.folder().resolve(name + ".sent");
    senderLogs.add(log);
    List<String> command = java("-cp", classPath(), SenderMain.class.getName());
    command.addAll(grounds.log().address());
    command.addAll(
        List.of(
            Grounds.TOPIC,
            Integer.toString(Grounds.SHARDS),
            provider,
            Integer.toString(SYMBOLS),
            Integer.toString(options.rate() / SENDERS),
            log.toString(),
            Long.toString(options.seed() * 31 + name.hashCode())));
    return command;
  }

  /// Absolute, because the processes run in a folder of their own.
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
    Slot.runToEnd(words, grounds.folder());
  }

  private Path archive() {
    return grounds.folder().resolve("mdp.jsa");
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
    slots.forEach(Slot::kill);
    Runtime.getRuntime().removeShutdownHook(cleaner);
  }
}

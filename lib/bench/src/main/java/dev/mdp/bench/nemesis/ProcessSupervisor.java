package dev.mdp.bench.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Three micro-batch workers, two tick workers and two senders, as processes, and their supervisor:
/// it restarts what ended, with leave to accept the loss where the log had lost entries.
/// Thread-safe.
final class ProcessSupervisor implements AutoCloseable {
  static final int MICRO_BATCHES = 3;
  static final int TICKS = 2;
  static final int SENDERS = 2;
  static final int PRODUCERS = 2;
  static final int SYMBOLS = 10;
  private static final int LOST_LOG = 65;

  /// Documented for a start while a server is away.
  private static final int UNREACHABLE = 69;

  private static final int DRAIN_SECONDS = 60;

  private final List<ManagedProcess> processes = new ArrayList<>();
  private final List<Path> senderLogs = Collections.synchronizedList(new ArrayList<>());
  private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> ends = Collections.synchronizedMap(new TreeMap<>());
  private final TestBed testBed;
  private final ProcessCommands commands;
  private final Thread supervisor;
  private final Thread cleaner;
  private volatile boolean closed;
  private volatile boolean sourceEnded;
  private volatile boolean logDestroyed;

  /// @param providers venues that are the source, each read by two processes; without any, senders
  ProcessSupervisor(NemesisOptions options, TestBed testBed, List<String> providers)
      throws IOException {
    this.testBed = testBed;
    this.commands = new ProcessCommands(options, testBed);
    for (int i = 1; i <= MICRO_BATCHES; i++) {
      add("micro-batch-" + i, ManagedProcess.Role.MICRO_BATCH, commands::microBatch);
    }
    for (int i = 1; i <= TICKS; i++) {
      add("ticks-" + i, ManagedProcess.Role.TICKS, commands::ticks);
    }
    providers.forEach(this::addProducers);
    if (providers.isEmpty()) {
      addSenders();
    }
    cleaner = new Thread(() -> processes.forEach(ManagedProcess::kill));
    Runtime.getRuntime().addShutdownHook(cleaner);
    commands.archiveClasses();
    for (ManagedProcess process : processes) {
      process.start(false);
    }
    supervisor = Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
  }

  /// One stands by while the other one publishes.
  private void addProducers(String provider) {
    for (int i = 1; i <= PRODUCERS; i++) {
      add(provider + "-" + i, ManagedProcess.Role.PRODUCER, (_, _) -> commands.produce(provider));
    }
  }

  private void addSenders() {
    for (int i = 1; i <= SENDERS; i++) {
      String provider = "sender" + i;
      add(
          "sender-" + i,
          ManagedProcess.Role.SENDER,
          (name, _) -> {
            Path log = testBed.folder().resolve(name + ".sent");
            senderLogs.add(log);
            return commands.sender(name, provider, log);
          });
    }
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

  /// SIGTERM to every producer; each must drain and exit 0. None is started again.
  void endProducers() throws IOException {
    sourceEnded = true;
    drain(processes(ManagedProcess.Role.PRODUCER));
  }

  /// SIGTERM to every worker; each must drain and exit 0.
  void drainWorkers() throws IOException {
    closed = true;
    drain(processes.stream().filter(process -> !process.role().isSource()).toList());
  }

  private void drain(List<ManagedProcess> all) throws IOException {
    for (ManagedProcess process : all) {
      int code = process.drain(DRAIN_SECONDS);
      if (code != 0) {
        surprises.add(
            process.processName() + " was to drain and ended with " + code + last(process));
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
      boolean lost = code == LOST_LOG && !process.role().isSource();
      boolean over =
          process.role() == ManagedProcess.Role.SENDER && code == 0
              || process.role().isSource() && sourceEnded;
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

  /// Runs a command of the program to its end; returns what it said.
  String run(String... words) throws IOException {
    return ManagedProcess.output(commands.mdp(words), testBed.folder());
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

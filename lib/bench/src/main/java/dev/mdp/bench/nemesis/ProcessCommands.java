package dev.mdp.bench.nemesis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the processes of the nemesis are started. Immutable.
final class ProcessCommands {
  private final NemesisOptions options;
  private final TestBed testBed;

  ProcessCommands(NemesisOptions options, TestBed testBed) {
    this.options = options;
    this.testBed = testBed;
  }

  List<String> microBatch(String name, boolean acceptLoss) {
    List<String> words =
        mdp("stream", "micro-batch", "--consumer", name, "--drain-timeout", "40s", "--wait", "60s");
    if (acceptLoss) {
      words.add("--accept-data-loss");
    }
    return words;
  }

  List<String> ticks(String name, boolean acceptLoss) {
    List<String> words =
        mdp("stream", "ticks", "--consumer", name, "--drain-timeout", "40s", "--wait", "60s");
    if (acceptLoss) {
      words.add("--accept-data-loss");
    }
    return words;
  }

  /// A venue's live trades.
  List<String> produce(String provider) {
    return mdp(
        "stream", "produce", "--provider", provider, "--drain-timeout", "40s", "--wait", "60s");
  }

  List<String> mdp(String... words) {
    List<String> command =
        java(
            "-XX:SharedArchiveFile=" + archive(),
            "-jar",
            options.jar().toAbsolutePath().toString());
    command.addAll(List.of(words));
    return command;
  }

  /// @param log where it keeps its account
  List<String> sender(String name, String provider, Path log) {
    List<String> command = java("-cp", classPath(), SenderMain.class.getName());
    command.addAll(testBed.log().address());
    command.addAll(
        List.of(
            TestBed.TOPIC,
            Integer.toString(TestBed.SHARDS),
            provider,
            Integer.toString(ProcessSupervisor.SYMBOLS),
            Integer.toString(options.rate() / ProcessSupervisor.SENDERS),
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
  void archiveClasses() throws IOException {
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
}

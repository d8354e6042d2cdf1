package dev.mdp.embedded.kafka;

import dev.mdp.core.error.ConfigException;
import dev.mdp.embedded.Watched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of a broker: started, answering, ended.
final class BrokerChild {
  static final String MAIN = "kafka.Kafka";
  static final String CONFIG = "server.properties";
  private static final String STORAGE_TOOL = "kafka.tools.StorageTool";
  private static final String LOG_FILE = "kafka.log";
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final Process process;

  private BrokerChild(Process process) {
    this.process = process;
  }

  /// Makes the folder of a new cluster.
  static void format(Path folder, Path jars, String clusterId)
      throws IOException, InterruptedException {
    Process tool =
        launch(
            folder,
            java(jars, STORAGE_TOOL, "format", "--cluster-id", clusterId, "--config", CONFIG));
    try {
      if (!tool.waitFor(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          || tool.exitValue() != 0) {
        throw failed("could not make its folder", folder);
      }
    } finally {
      tool.destroyForcibly();
    }
  }

  static BrokerChild start(Path folder, Path jars, int port)
      throws IOException, InterruptedException {
    BrokerChild child =
        new BrokerChild(launch(folder, Watched.command("TERM", java(jars, MAIN, CONFIG))));
    try {
      new BrokerPidFile(folder).write(child.pid());
      long deadline = System.nanoTime() + START_PATIENCE.toNanos();
      while (!accepts(port)) {
        if (!child.process.isAlive() || System.nanoTime() > deadline) {
          throw failed("did not start", folder);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      return child;
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.end(true);
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  void end(boolean byForce) {
    if (byForce) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      interrupted = true;
      process.destroyForcibly();
    }
    try {
      process.getOutputStream().close(); // its watcher ends
    } catch (IOException _) {
      // it has ended already
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> java(Path jars, String main, String... arguments) {
    Path home = Path.of(System.getProperty("java.home"));
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", jars + "/*", main));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Process launch(Path folder, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(LOG_FILE).toFile()))
        .start();
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static ConfigException failed(String what, Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(LOG_FILE), StandardCharsets.UTF_8);
    return new ConfigException(
        "the embedded Kafka broker "
            + what
            + "; its log "
            + folder.resolve(LOG_FILE)
            + " ends:\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
  }
}

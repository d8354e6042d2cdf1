package dev.mdp.embedded.redis;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of `redis-server`: started, answering, ended.
final class RedisChild {
  static final String PID_FILE = "redis.pid";
  private static final String LOG_FILE = "redis.log";
  private static final Duration LOADING_PATIENCE = Duration.ofMinutes(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final int PORT_ATTEMPTS = 5;

  private final Process process;
  private final int port;

  private RedisChild(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts on the wanted port, or on a free one when it is 0, and returns when the server answers.
  static RedisChild start(Path folder, Path program, int wantedPort, List<String> extraArguments)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      int port = wantedPort == 0 ? freePort() : wantedPort;
      RedisChild child =
          new RedisChild(launch(folder, command(folder, program, port, extraArguments)), port);
      try {
        if (child.answers()) {
          return child;
        }
      } catch (InterruptedException e) {
        child.end(true);
        throw e;
      }
      if (wantedPort != 0 || attempt == PORT_ATTEMPTS) {
        child.end(true);
        throw new ConfigException(
            "the embedded Redis did not start; its log "
                + folder.resolve(LOG_FILE)
                + " ends:\n"
                + lastLines(folder.resolve(LOG_FILE)));
      }
    }
  }

  int port() {
    return port;
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
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(Path folder, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(LOG_FILE).toFile()))
        .start();
  }

  private static List<String> command(Path folder, Path program, int port, List<String> extra) {
    List<String> command = new ArrayList<>();
    RedisBinary.sessionStarter().ifPresent(starter -> command.add(starter.toString()));
    command.add(program.toString());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder.toString()));
    command.addAll(List.of("--pidfile", folder.resolve(PID_FILE).toString()));
    command.addAll(List.of("--daemonize", "no", "--databases", "16", "--tcp-backlog", "128"));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""));
    command.addAll(List.of("--maxmemory-policy", "noeviction"));
    command.addAll(extra);
    return command;
  }

  private boolean answers() throws InterruptedException {
    long deadline = System.nanoTime() + LOADING_PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (saysReady()) {
        return process.isAlive();
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return false;
  }

  /// Whether a PING is answered by anything but "loading": a server that wants a password is ready.
  private boolean saysReady() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes(5);
      String start = new String(reply, StandardCharsets.US_ASCII);
      return start.equals("+PONG") || start.equals("-NOAU");
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}

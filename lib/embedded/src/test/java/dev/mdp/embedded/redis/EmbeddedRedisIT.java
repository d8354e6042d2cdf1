package dev.mdp.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.embedded.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void below() {
    folder = temporary.resolve("redis");
  }

  @Test
  void continuesWithItsDataAfterARestart() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(ask(redis, "SET greeting hello")).startsWith("+OK");
    }

    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(ask(redis, "GET greeting")).contains("hello");
      assertThat(ask(redis, "INFO")).contains("maxmemory_policy:noeviction", "aof_enabled:1");
      assertThat(redis.version()).startsWith("6.2");
      assertThat(redis.uri())
          .isEqualTo(
              "redis://mdp:%s@127.0.0.1:%d/0"
                  .formatted(redis.password().orElseThrow().value(), redis.port()));
    }
    try (EmbeddedRedis open = EmbeddedRedis.startTemporary()) {
      assertThat(ask(open, "CONFIG GET appendfsync")).contains("everysec");
      assertThat(open.uri()).isEqualTo("redis://127.0.0.1:" + open.port() + "/0");
    }
  }

  @Test
  void aStrangerIsRefusedAndTheUserIsKeptFromTheServerItself() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      for (String command : List.of("PING", "SET a b", "EVAL return1 0", "AUTH default x")) {
        assertThat(exchange(redis, command)).startsWith("-").doesNotContain("PONG");
      }
      assertThat(exchange(redis, "AUTH mdp wrong")).startsWith("-WRONGPASS");
      for (String command :
          List.of(
              "CONFIG SET dir /etc",
              "CONFIG GET dir",
              "MODULE LIST",
              "DEBUG SLEEP 0",
              "SCRIPT LOAD return1",
              "EVALSHA 0000000000000000000000000000000000000000 0",
              "SAVE",
              "BGREWRITEAOF",
              "SLAVEOF 127.0.0.1 1",
              "ACL LIST",
              "SHUTDOWN",
              "FLUSHALL",
              "MONITOR")) {
        assertThat(ask(redis, command)).as(command).startsWith("-NOPERM");
      }
      assertThat(ask(redis, "EVAL return(1) 0")).startsWith(":1");

      Path kept = temporary.resolve("redis.password");
      assertThat(mode(kept)).isEqualTo("rw-------");
      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(mode(folder.resolve("users.acl"))).isEqualTo("rw-------");
      String password = Files.readString(kept).strip();
      assertThat(password).hasSize(40);
      String arguments = Files.readString(Path.of("/proc/" + redis.pid() + "/cmdline"));
      assertThat(arguments).doesNotContain(password);
      assertThat(Files.readString(folder.resolve("users.acl"))).doesNotContain(password);
      assertThat(Files.readString(temporary.resolve("redis.log"))).doesNotContain(password);
    }
  }

  @Test
  void neverRunsAsRoot() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      String status = Files.readString(Path.of("/proc/" + redis.pid() + "/status"));

      assertThat(status).doesNotContain("Uid:\t0").containsPattern("CapEff:\\s+0+\n");
    }
  }

  @Test
  void keepsItsPortAndTakesAnotherWhenThatIsTaken() throws Exception {
    int port;
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      port = redis.port();
    }
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(redis.port()).isEqualTo(port);
    }

    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(redis.port()).isNotEqualTo(port);
      assertThat(ask(redis, "PING")).startsWith("+PONG");
    }
  }

  @Test
  void stopsAndStartsAgainOnTheSamePort() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.startTemporary()) {
      int port = redis.port();
      ask(redis, "SET greeting hello");

      redis.stop();
      assertThatThrownBy(() -> ask(redis, "PING")).isInstanceOf(IOException.class);
      redis.startAgain();

      assertThat(redis.port()).isEqualTo(port);
      assertThat(ask(redis, "GET greeting")).contains("hello");
    }
  }

  @Test
  void refusesAFolderThatIsInUse() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThatThrownBy(() -> EmbeddedRedis.start(folder))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining(folder.getFileName().toString());
      assertThat(redis.pid()).isPositive();
    }
  }

  @Test
  void refusesAFolderThatAnotherProcessUses() throws Exception {
    Process other = owner();
    try {
      other.inputReader().readLine();

      assertThatThrownBy(() -> EmbeddedRedis.start(folder)).isInstanceOf(ConflictException.class);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void endsWithAParentThatIsKilledAndKeepsItsData() throws Exception {
    Process owner = owner();
    long server = Long.parseLong(owner.inputReader().readLine());
    ProcessHandle process = ProcessHandle.of(server).orElseThrow();

    owner.destroyForcibly().waitFor();

    process.onExit().get(20, TimeUnit.SECONDS);
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(ask(redis, "GET greeting")).contains("from-the-owner");
    }
  }

  @Test
  void endsTheServerThatAKilledParentLeftAndKeepsItsData() throws Exception {
    Process owner = owner();
    long stale = Long.parseLong(owner.inputReader().readLine());
    long watcher = watcher(stale);
    Command.signal("STOP", watcher);
    owner.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(stale)).isPresent();

    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(redis.pid()).isNotEqualTo(stale);
      assertThat(ask(redis, "GET greeting")).contains("from-the-owner");
      assertThat(StaleServer.find(folder, folder.resolve(RedisFolder.PID_FILE)))
          .map(ProcessHandle::pid)
          .contains(redis.pid());
    } finally {
      Command.signal("KILL", watcher);
    }
  }

  @Test
  void leavesAProcessAloneThatOnlyHasTheSameId() throws Exception {
    Path pidFile = Files.createDirectories(folder).resolve(RedisFolder.PID_FILE);
    Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));

    assertThat(StaleServer.find(folder, pidFile)).isEmpty();
  }

  @Test
  void leavesNoTemporaryFolderBehind() {
    EmbeddedRedis redis = EmbeddedRedis.startTemporary();
    assertThat(redis.folder()).isDirectory();

    redis.close();

    assertThat(redis.folder()).doesNotExist();
  }

  @Test
  void tellsWhatTheServerSaidWhenItDoesNotStart() {
    assertThatThrownBy(() -> EmbeddedRedis.startTemporary("--no-such-option", "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no-such-option");
  }

  /// A process that has a server until it is killed, and prints the server's id.
  private Process owner() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The shell that waits for the owner's end in the server's session.
  private static long watcher(long server) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != server && session(process.pid()) == server)
        .filter(process -> process.info().command().orElse("").matches(".*/(ba|da|bb)?sh"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private static long session(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    } catch (IOException e) {
      return -1;
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /// What the server answers to its user.
  static String ask(EmbeddedRedis redis, String command) throws IOException {
    return redis.password().isEmpty()
        ? exchange(redis, command)
        : exchange(redis, "AUTH mdp " + redis.password().get().value() + "\r\n" + command)
            .substring("+OK\r\n".length());
  }

  private static String exchange(EmbeddedRedis redis, String commands) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", redis.port())) {
      socket.getOutputStream().write((commands + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Holds a server in a folder until it is killed.
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      EmbeddedRedis redis = EmbeddedRedis.start(Path.of(arguments[0]));
      ask(redis, "SET greeting from-the-owner");
      System.out.println(redis.pid());
      System.out.flush();
      Thread.currentThread().join();
    }
  }
}

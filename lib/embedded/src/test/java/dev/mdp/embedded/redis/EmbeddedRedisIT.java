package dev.mdp.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
  @TempDir Path folder;

  @Test
  void continuesWithItsDataAfterARestart() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(ask(redis, "SET greeting hello")).startsWith("+OK");
    }

    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(ask(redis, "GET greeting")).contains("hello");
      assertThat(ask(redis, "CONFIG GET appendfsync")).contains("everysec");
      assertThat(ask(redis, "CONFIG GET maxmemory-policy")).contains("noeviction");
      assertThat(redis.version()).startsWith("6.2");
      assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port() + "/0");
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
    Process other = crashingOwner("hold");
    try {
      other.inputReader().readLine();

      assertThatThrownBy(() -> EmbeddedRedis.start(folder)).isInstanceOf(ConflictException.class);
    } finally {
      long server = Long.parseLong(Files.readString(folder.resolve(RedisChild.PID_FILE)).strip());
      other.destroyForcibly().waitFor();
      StaleServer.end(ProcessHandle.of(server).orElseThrow());
    }
  }

  @Test
  void endsTheServerThatACrashedParentLeftAndKeepsItsData() throws Exception {
    Process crashed = crashingOwner("crash");
    long stale = Long.parseLong(crashed.inputReader().readLine());
    assertThat(crashed.waitFor()).isEqualTo(137);
    assertThat(ProcessHandle.of(stale)).isPresent();

    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThat(redis.pid()).isNotEqualTo(stale);
      assertThat(ask(redis, "GET greeting")).contains("from-the-crashed");
      assertThat(StaleServer.find(folder, folder.resolve(RedisChild.PID_FILE)))
          .map(ProcessHandle::pid)
          .contains(redis.pid());
    }
  }

  @Test
  void leavesAProcessAloneThatOnlyHasTheSameId() throws Exception {
    Path pidFile = folder.resolve(RedisChild.PID_FILE);
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

  private Process crashingOwner(String how) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            CrashingOwner.class.getName(),
            folder.toString(),
            how)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static String ask(EmbeddedRedis redis, String command) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", redis.port())) {
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Starts a server in a folder and dies without stopping it, or holds it until it is killed.
  static final class CrashingOwner {
    public static void main(String[] arguments) throws Exception {
      EmbeddedRedis redis = EmbeddedRedis.start(Path.of(arguments[0]));
      ask(redis, "SET greeting from-the-crashed");
      System.out.println(redis.pid());
      System.out.flush();
      if (arguments[1].equals("crash")) {
        Runtime.getRuntime().halt(137);
      }
      Thread.currentThread().join();
    }
  }
}

package dev.mdp.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.embedded.Command;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresIT {
  @TempDir Path folder;

  @Test
  void keepsItsDataOverARestart() throws SQLException {
    Path data = folder.resolve("data");
    try (var server = EmbeddedPostgres.start(data)) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      assertThat(server.version()).startsWith("18.");
      assertThat(server.url())
          .isEqualTo(
              "postgresql://mdp:%s@127.0.0.1:%d/market_data"
                  .formatted(server.password().orElseThrow().value(), server.port()));
    }

    try (var again = EmbeddedPostgres.start(data)) {
      assertThat(query(again, "SELECT answer FROM kept")).isEqualTo("42");
      assertThat(query(again, "SHOW fsync")).isEqualTo("on");
      assertThat(query(again, "SELECT session_user || '@' || current_database()"))
          .isEqualTo("mdp@market_data");
    }
  }

  @Test
  void aLinkToAnEmptyDirectoryIsFollowedAndStays() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    try (var server = EmbeddedPostgres.start(link)) {
      assertThat(query(server, "SELECT 42")).isEqualTo("42");
    }

    assertThat(link).isSymbolicLink();
    assertThat(real.resolve("PG_VERSION")).isRegularFile();
  }

  @Test
  void nobodyGetsInWithoutThePasswordAndNoProgramShowsIt() throws Exception {
    try (var server = EmbeddedPostgres.start(folder.resolve("data"))) {
      String password = server.password().orElseThrow().value();
      String place = "jdbc:postgresql://127.0.0.1:" + server.port() + "/market_data?user=mdp";
      for (String url : List.of(place, place + "&password=wrong")) {
        assertThatThrownBy(() -> DriverManager.getConnection(url).close())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password");
      }
      assertThat(
              query(
                  server,
                  "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method != 'scram-sha-256'"))
          .isEqualTo("0");
      assertThat(Files.getPosixFilePermissions(folder.resolve("data.password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(folder.resolve("data.password")).content().contains(password);
      assertThat(folder.resolve("data.log")).content().doesNotContain(password);
      assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/cmdline")))
          .doesNotContain(password);
    }
  }

  @Test
  void dataThatTrustedEverybodyAreSwitchedToThePassword() throws Exception {
    Path data = folder.resolve("data");
    String former;
    try (var server = EmbeddedPostgres.start(data)) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      execute(server, "ALTER ROLE mdp PASSWORD NULL");
      former = server.password().orElseThrow().value();
    }
    Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
    Files.delete(folder.resolve("data.password"));

    try (var again = EmbeddedPostgres.start(data)) {
      assertThat(again.password().orElseThrow().value()).isNotEqualTo(former);
      assertThat(query(again, "SELECT answer FROM kept")).isEqualTo("42");
      String place = "jdbc:postgresql://127.0.0.1:" + again.port() + "/market_data?user=mdp";
      assertThatThrownBy(() -> DriverManager.getConnection(place).close())
          .hasMessageContaining("password");
    }
  }

  @Test
  void keepsItsPortAndTakesAnotherWhenThatIsTaken() throws Exception {
    Path data = folder.resolve("data");
    int port;
    try (var server = EmbeddedPostgres.start(data)) {
      port = server.port();
    }
    try (var server = EmbeddedPostgres.start(data)) {
      assertThat(server.port()).isEqualTo(port);
    }

    try (var _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        var server = EmbeddedPostgres.start(data)) {
      assertThat(server.port()).isNotEqualTo(port);
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void whatWasCommittedIsThereAfterAnImmediateEnd() throws SQLException {
    try (var server = EmbeddedPostgres.start(folder.resolve("data"))) {
      int port = server.port();
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");

      server.crash();
      assertThat(server.isAlive()).isFalse();
      server.startAgain();

      assertThat(server.port()).isEqualTo(port);
      assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void aTemporaryServerLeavesNothingBehind() throws SQLException {
    EmbeddedPostgres server = EmbeddedPostgres.startTemporary();
    Path data = server.dataDir();
    long pid = server.pid();
    assertThat(query(server, "SELECT 1")).isEqualTo("1");

    server.close();

    assertThat(data.getParent()).doesNotExist();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aSecondStartOnTheSameDirectoryIsRefusedNamingTheProcess() {
    Path data = folder.resolve("data");
    try (var server = EmbeddedPostgres.start(data)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
      assertThat(server.isAlive()).isTrue();
    }
  }

  @Test
  void processThatHoldsTheDirectoryIsNamedAndItsServerEndsWithIt() throws Exception {
    Path data = folder.resolve("data");
    Process holder = holder(data);
    long server = serverPid(holder);
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("process " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }

    var left = ProcessHandle.of(server);
    if (left.isPresent()) {
      left.get().onExit().get(20, TimeUnit.SECONDS);
    }
    try (var again = EmbeddedPostgres.start(data)) {
      assertThat(query(again, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aServerLeftBehindByAKilledProcessIsStoppedAtTheNextStart() throws Exception {
    Path data = folder.resolve("data");
    Process holder = holder(data);
    long server = serverPid(holder);
    Command.signal("STOP", watcher(server));
    Command.signal("STOP", server);
    holder.destroyForcibly().waitFor();
    Command.signal("CONT", server);
    assertThat(ProcessHandle.of(server)).isPresent();

    try (var again = EmbeddedPostgres.start(data)) {
      assertThat(again.pid()).isNotEqualTo(server);
      assertThat(query(again, "SELECT 1")).isEqualTo("1");
      assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
    } finally {
      Command.signal("KILL", watcher(server));
    }
  }

  @Test
  void continuesWhenTheServerItselfWasKilled() throws Exception {
    Path data = folder.resolve("data");
    try (var server = EmbeddedPostgres.start(data)) {
      execute(server, "CREATE TABLE kept AS SELECT 7 AS answer");
      Command.signal("KILL", server.pid());
      ProcessHandle.of(server.pid()).ifPresent(process -> process.onExit().join());
    }

    try (var again = EmbeddedPostgres.start(data)) {
      assertThat(query(again, "SELECT answer FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void aFolderOfSomethingElseIsNotTouched() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("precious.txt"), "mine");

    assertThatThrownBy(() -> EmbeddedPostgres.start(data))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("neither empty nor a PostgreSQL data directory");
    assertThat(data.resolve("precious.txt")).hasContent("mine");
  }

  @Test
  void dataOfAnotherMajorVersionIsRefusedNamingBoth() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "15\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(data))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("PostgreSQL 15, the embedded one is 18");
  }

  private static Process holder(Path data) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            HoldServer.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long serverPid(Process holder) throws Exception {
    var out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    String line = String.valueOf(out.readLine());
    assertThat(line).startsWith("server ");
    return Long.parseLong(line.substring("server ".length()));
  }

  /// The watcher is the shell that was left with the server's own command line.
  private static long watcher(long server) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != server)
        .filter(process -> session(process.pid()) == server && isShell(process.pid()))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private static boolean isShell(long pid) {
    try {
      return !Path.of("/proc", Long.toString(pid), "exe")
          .toRealPath()
          .getFileName()
          .toString()
          .equals("postgres");
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static long session(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    } catch (java.io.IOException e) {
      return -1;
    }
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(server.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres server, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(server.jdbcUrl());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

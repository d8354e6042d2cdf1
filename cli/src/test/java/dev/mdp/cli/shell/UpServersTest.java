package dev.mdp.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.Run;
import dev.mdp.runtime.local.UpServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpServersTest {
  private static final String OURS = "postgresql://mdp:hunter2@127.0.0.1:4/market_data";

  @TempDir Path directory;
  private Path folder = Path.of("");

  @BeforeEach
  void folder() throws IOException {
    folder =
        Files.createDirectory(
            directory.resolve(".mdp"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void isThereForItsUserAloneUntilUpEnds() throws Exception {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DATABASE_URL", OURS);
    variables.put("PGPASSWORD", "hunter2");

    try (UpServers _ = UpServers.write(folder, variables)) {
      UpServers.Found found = UpServers.read(folder, ".mdp");
      assertThat(found.variables()).containsExactly(Map.entry("DATABASE_URL", OURS));
      assertThat(found.note()).isNull();
      assertThat(found.toString()).doesNotContain("hunter2");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env())))
          .isEqualTo("rw-------");
      assertThat(env()).content().contains("export PGPASSWORD='hunter2'");
    }

    assertThat(env()).doesNotExist();
    assertThat(UpServers.read(folder, ".mdp")).isEqualTo(UpServers.Found.NONE);
  }

  @Test
  void whatAKilledUpLeftIsNamedAndNotUsed() throws Exception {
    leave("rw-------");

    UpServers.Found found = UpServers.read(folder, ".mdp");

    assertThat(found.variables()).isEmpty();
    assertThat(found.note()).contains(".mdp/env was left behind", "killed", "not used");
  }

  @ParameterizedTest
  @CsvSource({"rw-rw----, rwx------", "rw----rw-, rwx------", "rw-------, rwxrwx---"})
  void whatOthersCouldHaveWrittenIsNotUsed(String file, String parent) throws Exception {
    try (UpServers _ = UpServers.write(folder, Map.of("DATABASE_URL", OURS))) {
      Files.setPosixFilePermissions(env(), PosixFilePermissions.fromString(file));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(parent));

      UpServers.Found found = UpServers.read(folder, ".mdp");

      assertThat(found.variables()).isEmpty();
      assertThat(found.note()).contains("writable for other users", "not used");
    }
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("x"), "export DATABASE_URL='x'\n");
    Files.createSymbolicLink(env(), elsewhere);

    assertThat(UpServers.read(folder, ".mdp").variables()).isEmpty();
    assertThat(UpServers.read(folder, ".mdp").note()).contains("is not a file");
  }

  @Test
  void commandsTakeItWhereNothingElseNamesTheServerAndSaySo() throws Exception {
    try (UpServers _ = UpServers.write(folder, Map.of("DATABASE_URL", OURS))) {
      Run taken = show(Map.of());
      assertThat(taken.out())
          .contains("postgresql://mdp:***@127.0.0.1:4/", "environment DATABASE_URL of .mdp/env");
      assertThat(taken.err()).contains("note: servers of the mdp up that runs here (.mdp/env)");
      assertThat(taken.out() + taken.err()).doesNotContain("hunter2");
      assertThat(show(Map.of(), "--quiet").err()).doesNotContain("note:");

      Map<String, String> given = Map.of("DATABASE_URL", "postgresql://given/x");
      assertThat(show(given).out()).contains("postgresql://given/x");
      assertThat(show(given).err()).doesNotContain("note:");
      assertThat(show(Map.of(), "--set", "store.url=postgresql://flag/x").out())
          .contains("postgresql://flag/x");
      Files.writeString(directory.resolve("c.yaml"), "store: { url: \"postgresql://file/x\" }\n");
      assertThat(show(Map.of(), "--config", "c.yaml").out()).contains("postgresql://file/x");
      Files.writeString(
          directory.resolve("d.yaml"), "store: { url: \"${DATABASE_URL:-postgresql://no/x}\" }\n");
      assertThat(show(Map.of(), "--config", "d.yaml").out()).contains("127.0.0.1:4/");
    }
  }

  @Test
  void aBusThatIsNamedElsewhereIsNotExchangedForTheOneOfUp() throws Exception {
    Map<String, String> kafka = Map.of("MDP_BUS_TYPE", "kafka", "KAFKA_BOOTSTRAP", "127.0.0.1:5");
    try (UpServers _ = UpServers.write(folder, kafka)) {
      Files.writeString(directory.resolve("default.yaml"), "bus: { type: redis }\n");
      assertThat(bus("--config", "default.yaml")).startsWith("kafka");

      Files.writeString(
          directory.resolve("own.yaml"),
          "bus: { type: redis, redis: { uri: \"redis://own:6379/0\" } }\n");
      assertThat(bus("--config", "own.yaml")).startsWith("redis");
      assertThat(bus("--set", "bus.type=redis")).startsWith("redis");
    }
  }

  @Test
  void aFileThatIsLeftBehindIsToldByEveryCommand() throws Exception {
    leave("rw-------");

    Run run = show(Map.of());

    assertThat(run.out()).contains("postgresql://localhost:5432/market_data");
    assertThat(run.err()).contains("note: .mdp/env was left behind");
  }

  private String bus(String... options) {
    return show(Map.of(), options)
        .out()
        .lines()
        .filter(line -> line.startsWith("bus.type"))
        .findFirst()
        .orElseThrow()
        .substring("bus.type".length())
        .strip();
  }

  private Run show(Map<String, String> environment, String... options) {
    String[] words = {"config", "show", "--origin"};
    String[] all = java.util.Arrays.copyOf(words, words.length + options.length);
    System.arraycopy(options, 0, all, words.length, options.length);
    Run run = Run.in(directory, environment, all);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private Path env() {
    return folder.resolve("env");
  }

  private void leave(String mode) throws IOException {
    Files.writeString(env(), "export DATABASE_URL='" + OURS + "'\n");
    Files.setPosixFilePermissions(env(), PosixFilePermissions.fromString(mode));
  }
}

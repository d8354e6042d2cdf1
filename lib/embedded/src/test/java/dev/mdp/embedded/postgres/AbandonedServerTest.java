package dev.mdp.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedServerTest {
  private static final long PID = ProcessHandle.current().pid();

  @TempDir Path folder;
  private Path data;
  private Path process;

  @BeforeEach
  void write() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    process = Files.createDirectories(folder.resolve("proc").resolve(Long.toString(PID)));
    Files.writeString(data.resolve("postmaster.pid"), PID + "\n");
  }

  @Test
  void aServerOfThisDirectoryIsFound() throws IOException {
    Files.createSymbolicLink(process.resolve("exe"), Files.createFile(folder.resolve("postgres")));
    Files.createSymbolicLink(process.resolve("cwd"), data);

    assertThat(AbandonedServer.find(data, folder.resolve("proc")))
        .hasValueSatisfying(found -> assertThat(found.pid()).isEqualTo(PID));
  }

  @Test
  void aServerOfAnotherDirectoryIsNot() throws IOException {
    Files.createSymbolicLink(process.resolve("exe"), Files.createFile(folder.resolve("postgres")));
    Files.createSymbolicLink(process.resolve("cwd"), folder);

    assertThat(AbandonedServer.find(data, folder.resolve("proc"))).isEmpty();
  }

  /// As that of another user, whose links the kernel does not let be read: root, who may run this
  /// test, reads them all, but not one that leads to itself.
  @Test
  void aProcessThatCannotBeLookedAtIsNot() throws IOException {
    Files.createSymbolicLink(process.resolve("exe"), process.resolve("exe"));

    assertThat(AbandonedServer.find(data, folder.resolve("proc"))).isEmpty();
  }

  @Test
  void aProcessThatHasEndedIsNot() throws IOException {
    Files.delete(process);

    assertThat(AbandonedServer.find(data, folder.resolve("proc"))).isEmpty();
  }
}

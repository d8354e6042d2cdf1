package dev.mdp.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.embedded.Account;
import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens between a server's start and its first word, with a program in its place that never
/// says one.
class PostmasterIT {
  @TempDir Path folder;
  private Path data;
  private List<Long> before = List.of();
  private Account account = new Account(List.of(), -1);

  @BeforeEach
  void install() throws IOException {
    Files.setPosixFilePermissions(folder, Folders.READABLE_BY_ALL);
    data = Files.createDirectory(folder.resolve("data"));
    Path program = Files.createDirectory(folder.resolve("bin")).resolve("postgres");
    Files.writeString(program, "#!/bin/sh\nexec sleep 600\n");
    Files.setPosixFilePermissions(program, Folders.READABLE_BY_ALL);
    account = Account.notNamedRoot();
    before = children();
  }

  @AfterEach
  void endTheInterrupt() {
    boolean _ = Thread.interrupted();
  }

  @Test
  void anInterruptLeavesNoServerBehind() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).as("the interrupt stays").isTrue();
    assertThat(children()).isEqualTo(before);
  }

  @Test
  void aPidFileThatCannotBeReadLeavesNoServerBehind() throws IOException {
    Files.createDirectory(data.resolve("postmaster.pid"));

    assertThatThrownBy(this::start).isInstanceOf(IOException.class);

    assertThat(children()).isEqualTo(before);
  }

  private void start() throws IOException {
    Cluster cluster = new Cluster(data, new PostgresBinaries(folder), account, false);
    Postmaster _ = Postmaster.start(cluster, 1, folder.resolve("log"));
  }

  private static List<Long> children() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).sorted().toList();
  }
}

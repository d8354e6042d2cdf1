package dev.mdp.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void aFolderOfOursIsClosedToOthersNewOrOld() throws Exception {
    Path fresh = folder.resolve("a/b");
    Folders.makePrivate(fresh, true);
    Path old = withMode("old", "rwxrwxr-x");
    Folders.makePrivate(old, true);

    assertThat(mode(fresh)).isEqualTo("rwx------");
    assertThat(mode(old)).isEqualTo("rwx------");
  }

  @Test
  void aFolderOfOtherThingsStaysAsItIsAndMustNotBeWritableForOthers() throws Exception {
    Path home = withMode("home", "rwxr-xr-x");
    Folders.makePrivate(home, false);
    assertThat(mode(home)).isEqualTo("rwxr-xr-x");

    Path shared = withMode("shared", "rwxrwxrwx");
    assertThatThrownBy(() -> Folders.makePrivate(shared, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("writable for other users")
        .hasMessageContaining("--data-dir");
    assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void aPrivateFileReplacesALinkAndNotWhatItLinksTo() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "theirs");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    Folders.writePrivate(link, "ours");

    assertThat(target).hasContent("theirs");
    assertThat(link).hasContent("ours");
    assertThat(mode(link)).isEqualTo("rw-------");
  }

  @Test
  void aPasswordIsKeptAndAnotherOneElsewhere() throws Exception {
    ServerPassword first = ServerPassword.kept(folder.resolve("a"));

    assertThat(ServerPassword.kept(folder.resolve("a"))).isEqualTo(first);
    assertThat(ServerPassword.kept(folder.resolve("b"))).isNotEqualTo(first);
    assertThat(first.toString()).doesNotContain(first.value());
    assertThat(mode(folder.resolve("a"))).isEqualTo("rw-------");
  }

  private Path withMode(String name, String mode) throws Exception {
    return Files.setPosixFilePermissions(
        Files.createDirectory(folder.resolve(name)), PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

package dev.mdp.ops.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mdp.core.error.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {
  @TempDir private Path folder;

  private final List<String> notices = new ArrayList<>();

  @Test
  void isThereOnlyWhenItIsWhole() throws IOException {
    Path target = Files.writeString(folder.resolve("ticks.csv"), "before");

    try (ExportFile file = overwriting(target)) {
      file.writer().write("after");
      file.writer().flush();
      assertThat(target).hasContent("before");
      assertThat(file.commit()).isEqualTo(5);
    }

    assertThat(target).hasContent("after");
    assertThat(names()).containsExactly("ticks.csv");
  }

  @Test
  void whatFailedLeavesWhatWasThere() throws IOException {
    Path target = Files.writeString(folder.resolve("ticks.csv.gz"), "before");

    assertThatThrownBy(
            () -> {
              try (ExportFile file = overwriting(target)) {
                file.writer().write("half");
                throw new IllegalStateException("the database went away");
              }
            })
        .hasMessage("the database went away");

    assertThat(target).hasContent("before");
    assertThat(names()).containsExactly("ticks.csv.gz");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsTold() {
    Path nowhere = folder.resolve("no/such/x.csv");

    assertThatThrownBy(() -> creating(nowhere).close())
        .isInstanceOf(DataException.class)
        .hasMessage("cannot write " + nowhere + ": no folder " + nowhere.getParent());
    assertThatThrownBy(() -> overwriting(folder).close())
        .isInstanceOf(DataException.class)
        .hasMessage("cannot write " + folder + ": it is a folder");
  }

  @Test
  void whatExistsIsOverwrittenOnlyByForce() throws IOException {
    Path target = Files.writeString(folder.resolve("ticks.csv"), "before");

    assertThatThrownBy(() -> ExportFile.check(target, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> creating(target).close())
        .isInstanceOf(FileAlreadyExistsException.class);
    ExportFile.check(target, true);

    assertThat(target).hasContent("before");
    assertThat(names()).containsExactly("ticks.csv");
  }

  @Test
  void whatCameInTheMeantimeIsNotOverwritten() throws IOException {
    Path target = folder.resolve("ticks.csv");

    try (ExportFile file = creating(target)) {
      file.writer().write("ours");
      Files.writeString(target, "theirs");
      assertThatThrownBy(file::commit).isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(target).hasContent("theirs");
    assertThat(names()).containsExactly("ticks.csv");
  }

  @Test
  void linksAreFollowedAndStay() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path target = Files.writeString(other.resolve("real.csv"), "before");
    Files.createSymbolicLink(other.resolve("second"), Path.of("real.csv"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("other/second"));
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("other/new.csv"));

    assertThatThrownBy(() -> creating(link).close()).isInstanceOf(FileAlreadyExistsException.class);
    write(overwriting(link), "after");
    write(creating(dangling), "new");

    assertThat(link).isSymbolicLink();
    assertThat(target).isRegularFile().hasContent("after");
    assertThat(dangling).isSymbolicLink();
    assertThat(other.resolve("new.csv")).isRegularFile().hasContent("new");
    assertThat(names()).containsExactlyInAnyOrder("other", "link", "dangling");
  }

  @Test
  void aCircleOfLinksIsTold() throws IOException {
    Path one = folder.resolve("one");
    Files.createSymbolicLink(one, Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

    assertThatThrownBy(() -> creating(one).close())
        .isInstanceOf(DataException.class)
        .hasMessage("cannot write " + one + ": too many symbolic links");
  }

  @Test
  void aFifoIsWrittenThroughAndStays() throws Exception {
    Path fifo = fifo();
    Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
    FutureTask<String> reader = new FutureTask<>(() -> Files.readString(fifo));
    Thread.ofVirtual().start(reader);

    write(creating(link), "through");

    assertThat(reader.get()).isEqualTo("through");
    assertThat(Files.getAttribute(fifo, "isOther", LinkOption.NOFOLLOW_LINKS)).isEqualTo(true);
    assertThat(link).isSymbolicLink();
    assertThat(names()).containsExactlyInAnyOrder("fifo", "link");
  }

  @Test
  void aFifoThatNobodyReadsIsGivenUp() throws Exception {
    Path fifo = fifo();

    assertThatThrownBy(
            () -> ExportFile.create(fifo, false, Duration.ofMillis(50), notices::add).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(fifo + ": nothing opened this FIFO for reading within");

    assertThat(notices).containsExactly("waiting for a reader of the FIFO " + fifo);
    // the thread that still opens it comes to its end
    FileChannel.open(fifo, StandardOpenOption.READ).close();
  }

  @Test
  void aReaderThatLeavesIsTold() throws Exception {
    Path fifo = fifo();
    FutureTask<FileChannel> reader =
        new FutureTask<>(() -> FileChannel.open(fifo, StandardOpenOption.READ));
    Thread.ofVirtual().start(reader);

    try (ExportFile file = creating(fifo)) {
      reader.get().close();
      file.writer().write("x");
      assertThatThrownBy(file::commit)
          .isInstanceOf(DataException.class)
          .hasMessage("cannot write " + fifo + ": its reader went away");
    }
  }

  @Test
  void aDeviceIsWrittenThroughAndAFullOneIsAnErrorWithItsPlace() throws Exception {
    Path full = fullDevice();
    Object before = Files.getAttribute(full, "unix:ino");

    try (ExportFile file = creating(full)) {
      file.writer().write("x");
      assertThatThrownBy(file::commit)
          .isInstanceOf(DataException.class)
          .hasMessage("cannot write " + full + ": No space left on device");
    }

    assertThat(Files.getAttribute(full, "unix:ino")).isEqualTo(before);
  }

  /// Root could replace the one of `/dev`, so it gets one of its own.
  private Path fullDevice() throws Exception {
    if (!Files.isWritable(Path.of("/dev"))) {
      return Path.of("/dev/full");
    }
    Path full = folder.resolve("full");
    new ProcessBuilder("mknod", full.toString(), "c", "1", "7").start().waitFor();
    try {
      FileChannel.open(full, StandardOpenOption.WRITE).close();
    } catch (IOException e) {
      assumeTrue(false, "no device can be made in " + folder + ": " + e);
    }
    return full;
  }

  @Test
  void whatReplacesAFileIsNoMoreReadable() throws IOException {
    Path target = Files.writeString(folder.resolve("ticks.csv"), "before");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));

    write(overwriting(target), "after");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
  }

  private Path fifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    return fifo;
  }

  private ExportFile creating(Path target) throws IOException {
    return ExportFile.create(target, false, notices::add);
  }

  private ExportFile overwriting(Path target) throws IOException {
    return ExportFile.create(target, true, notices::add);
  }

  private static void write(ExportFile file, String text) throws IOException {
    try (file) {
      file.writer().write(text);
      file.commit();
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}

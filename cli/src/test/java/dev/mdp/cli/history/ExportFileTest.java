package dev.mdp.cli.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {
  @TempDir private Path folder;

  @Test
  void isThereOnlyWhenItIsWhole() throws IOException {
    Path target = Files.writeString(folder.resolve("ticks.csv"), "before");

    try (ExportFile file = ExportFile.create(target)) {
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
              try (ExportFile file = ExportFile.create(target)) {
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

    assertThatThrownBy(() -> ExportFile.create(nowhere).close())
        .isInstanceOf(DataException.class)
        .hasMessage("cannot write " + nowhere + ": no folder " + nowhere.getParent());
    assertThatThrownBy(() -> ExportFile.create(folder).close())
        .isInstanceOf(DataException.class)
        .hasMessage("cannot write " + folder + ": it is a folder");
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}

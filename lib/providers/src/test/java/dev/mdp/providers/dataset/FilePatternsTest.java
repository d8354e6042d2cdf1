package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static dev.mdp.providers.dataset.DatasetFiles.csvWithSymbols;
import static dev.mdp.providers.dataset.DatasetFiles.gzip;
import static dev.mdp.providers.dataset.DatasetFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternsTest {
  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void aPatternStandsForItsFilesSortedByName() throws IOException {
    Files.createDirectories(folder.resolve("d/b"));
    Files.createDirectories(folder.resolve("d/a-b"));
    for (String name :
        List.of(
            "d/b/10.csv", "d/b/9.csv", "d/a-b/1.csv", "d/b/.1.csv", "d/b/9.csv.gz", "[x].csv")) {
      files.write(name, "");
    }

    assertThat(names("d/b/*.csv")).containsExactly("d/b/10.csv", "d/b/9.csv");
    assertThat(names("d/*/*.csv")).containsExactly("d/a-b/1.csv", "d/b/10.csv", "d/b/9.csv");
    assertThat(names("d/b/{9,10}.csv", "d/b/9*.gz"))
        .containsExactly("d/b/10.csv", "d/b/9.csv", "d/b/9.csv.gz");
    assertThat(names("d/b/.*")).containsExactly("d/b/.1.csv");
    assertThat(names("d/?/[0-9].csv")).containsExactly("d/b/9.csv");
    assertThat(names("[x].csv")).containsExactly("[x].csv");
    assertThat(names("d/b/9.csv", "absent.csv")).containsExactly("d/b/9.csv", "absent.csv");
    assertThat(FilePatterns.files(Path.of("elsewhere"), List.of(folder + "/d/b/1*.csv")))
        .containsExactly(folder.resolve("d/b/10.csv"));
  }

  @Test
  void aPatternThatMatchesNothingOrADirectoryIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("d/sub.csv"));
    files.write("d/a.csv", "");

    refused("d/*.txt", folder.resolve("d/*.txt") + ": no file matches the pattern");
    refused("nowhere/*/a.csv", folder.resolve("nowhere/*/a.csv") + ": no file matches the pattern");
    refused("d/a.csv/*", folder.resolve("d/a.csv/*") + ": no file matches the pattern");
    refused(
        "d/*.csv",
        "%s: matches the directory %s; name the files in it, such as %s"
            .formatted(
                folder.resolve("d/*.csv"),
                folder.resolve("d/sub.csv"),
                folder.resolve("d/sub.csv/*.csv")));
    refused("**/a.csv", "**/a.csv: ** is not understood; name each level, such as */*.csv");
    refused("d/[.csv", "d/[.csv: no such file, and not a pattern: Missing ']");
  }

  @Test
  void theSameFileUnderTwoNamesIsRefused() throws IOException {
    Path file = files.write("a.csv", "t,p,s\n1,1,A\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
    Path hard = Files.createLink(folder.resolve("hard.csv"), file);
    for (Path other : List.of(link, hard, folder.resolve("x/../a.csv").normalize())) {
      assertThatThrownBy(() -> csvWithSymbols(file, other))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "datasets.test.path: names " + other + " twice; its trades would be sent twice");
    }
  }

  @Test
  void severalFilesAreOneReadingWhoseOrdinalsGoOn() {
    Path a = files.write("a.csv", "t,p,s\n1,100,X\n1,101,X\n1,102,X\n");
    Path b = files.write("b.csv.gz", gzip("s,t,p\nX,1,103\nX,1,104\nX,2,105\n"));

    for (boolean sort : new boolean[] {false, true}) {
      ReadOptions options = new ReadOptions("run-1", 0, 1_000, 0, sort);
      assertThat(brief(read(csvWithSymbols(a, b), options)))
          .containsExactly(
              "X@1#0=100.0",
              "X@1#1=101.0",
              "X@1#2=102.0",
              "X@1#3=103.0",
              "X@1#4=104.0",
              "X@2#0=105.0");
    }
  }

  @Test
  void errorsNameTheFileAndItsLine() {
    Path a = files.write("a.csv", "t,p,s\n1,100,X\n");
    Path b = files.write("b.csv", "t,p,s\n1,100,X\n2,no,X\n");
    Path c = files.write("c.csv", "t,price,s\n1,100,X\n");

    assertThatThrownBy(() -> read(csvWithSymbols(a, b)))
        .isInstanceOf(DataException.class)
        .hasMessage(b + ":3: price: not a number: 'no'");
    assertThatThrownBy(() -> read(csvWithSymbols(a, c)))
        .hasMessageStartingWith(c + ":1: price: no column 'p'");
  }

  private List<String> names(String... patterns) {
    return FilePatterns.files(folder, List.of(patterns)).stream()
        .map(path -> folder.relativize(path).toString())
        .toList();
  }

  private void refused(String pattern, String message) {
    assertThatThrownBy(() -> FilePatterns.files(folder, List.of(pattern)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }
}

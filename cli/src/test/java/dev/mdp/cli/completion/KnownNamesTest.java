package dev.mdp.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownNamesTest {
  @TempDir Path home;

  private Path file;
  private KnownNames names;

  @BeforeEach
  void open() {
    file = home.resolve(".cache/mdp/completion");
    names = KnownNames.of(Map.of("HOME", home.toString()), Clock.systemUTC());
  }

  @Test
  void namesAreKeptForTheUserAlone() throws IOException {
    names.remember(KnownKind.SYMBOL, List.of("SPY", "BTC:USD"));
    names.remember(Map.of(KnownKind.RUN, List.of("7"), KnownKind.SYMBOL, List.of("AAPL", "SPY")));

    assertThat(Files.readString(file))
        .isEqualTo("run\t7\nsymbol\tAAPL\nsymbol\tSPY\nsymbol\tBTC:USD\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsKnownIsNotWrittenAgain() throws IOException {
    names.remember(KnownKind.SYMBOL, List.of("SPY", "QQQ"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));

    names.remember(KnownKind.SYMBOL, List.of("QQQ"));

    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_000);
  }

  @Test
  void theNewestOfTooManyAreKept() throws IOException {
    names.remember(KnownKind.RUN, numbers(0, 50));
    names.remember(KnownKind.RUN, numbers(50, 60));
    names.remember(KnownKind.SYMBOL, numbers(0, 5_000));

    List<String> lines = Files.readAllLines(file);

    assertThat(lines).filteredOn(line -> line.startsWith("run\t")).hasSize(50).contains("run\t59");
    assertThat(lines).filteredOn(line -> line.startsWith("symbol\t")).hasSize(1_000);
    assertThat(Files.size(file)).isLessThan(64 * 1024);
  }

  @Test
  void whatATerminalObeysIsLeftOut() throws IOException {
    names.remember(
        KnownKind.SYMBOL,
        List.of("a\nsymbol\tb", "tab\there", "\u001b[2J", " ", "x".repeat(129), "$(reboot) `x`"));

    assertThat(Files.readString(file)).isEqualTo("symbol\t$(reboot) `x`\n");
  }

  @Test
  void nothingFailsWhereNothingCanBeWritten() throws IOException {
    Files.writeString(home.resolve(".cache"), "a file");
    names.remember(KnownKind.SYMBOL, List.of("SPY"));
    KnownNames.of(Map.of(), Clock.systemUTC()).remember(KnownKind.SYMBOL, List.of("SPY"));
    KnownNames.of(Map.of("HOME", "relative"), Clock.systemUTC())
        .remember(KnownKind.SYMBOL, List.of("SPY"));

    assertThat(home.resolve(".cache")).hasContent("a file");
  }

  @Test
  void anotherWriterIsLeftAloneUntilItIsAbandoned() throws IOException {
    names.remember(KnownKind.SYMBOL, List.of("SPY"));
    Path other = Files.createFile(file.resolveSibling("completion.new"));

    names.remember(KnownKind.SYMBOL, List.of("QQQ"));
    assertThat(Files.readString(file)).isEqualTo("symbol\tSPY\n");

    Files.setLastModifiedTime(other, FileTime.fromMillis(1_000));
    names.remember(KnownKind.SYMBOL, List.of("QQQ"));
    assertThat(Files.readString(file)).isEqualTo("symbol\tQQQ\nsymbol\tSPY\n");
    assertThat(other).doesNotExist();
  }

  @Test
  void aFileOfNonsenseIsReplaced() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {(byte) 0xff, 0, '\n', '\t', 'x', '\n'});

    names.remember(KnownKind.SYMBOL, List.of("SPY"));

    assertThat(Files.readString(file)).isEqualTo("symbol\tSPY\n");
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}

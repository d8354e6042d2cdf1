package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static dev.mdp.providers.dataset.DatasetFiles.csv;
import static dev.mdp.providers.dataset.DatasetFiles.csvWithSymbols;
import static dev.mdp.providers.dataset.DatasetFiles.gzip;
import static dev.mdp.providers.dataset.DatasetFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDatasetTest {
  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void readsTheMappedColumnsAndNoOthers() {
    Path file = files.write("a.csv", "side,q,p,t,id\nsell,54,0.00141266,1570752011620,13519808\n");

    assertThat(read(csv(file)))
        .containsExactly(
            new Tick(
                "feed",
                "run-1",
                new Symbol("SPY"),
                1_570_752_011_620_000L,
                13_519_808,
                0.00141266,
                54,
                Tick.ABSENT,
                Tick.ABSENT,
                1_570_752_011_620_000L));
  }

  @Test
  void readsQuotesWindowsLineEndsBlankLinesSpacesAndAMarkAtTheStart() {
    Path file =
        files.write(
            "a.csv",
            "\ufeff\"t\", p ,q,id\r\n\r\n1000,\"1.5\",\"2\",\"1\"\r\n   \r\n2000,1.6,,2\r\n\n");

    List<Tick> ticks = read(csv(file));

    assertThat(brief(ticks)).containsExactly("SPY@1000000#1=1.5", "SPY@2000000#2=1.6");
    assertThat(ticks.get(1).size()).isNaN();
  }

  @Test
  void readsBidAndAsk() {
    ColumnMapping quotes = new ColumnMapping("t", TimeUnitName.S, "p", null, "id", "b", "a", null);
    Path file = files.write("a.csv", "t,p,b,a,id\n1,5,4.9,5.1,0\n");

    Tick tick =
        read(DatasetSettings.csv("d", List.of(file), "feed", Optional.of(new Symbol("X")), quotes))
            .getFirst();

    assertThat(tick.bid()).isEqualTo(4.9);
    assertThat(tick.ask()).isEqualTo(5.1);
  }

  @Test
  void readsAnotherDelimiterAndNoHeader() {
    ColumnMapping numbers =
        new ColumnMapping("3", TimeUnitName.S, "1", null, "2", null, null, null);
    Path file = files.write("a.tsv", "1.5\t7\t10\n1.6\t8\t11\n");

    DatasetSettings settings =
        new DatasetSettings(
            "d",
            FileFormat.CSV,
            List.of(file),
            "feed",
            Optional.of(new Symbol("X")),
            numbers,
            PlausibleTimes.ALL,
            LinePrefix.NONE,
            OtherLines.REFUSE,
            '\t',
            false);

    assertThat(brief(read(settings))).containsExactly("X@10000000#7=1.5", "X@11000000#8=1.6");
    Path narrow = files.write("narrow.tsv", "1.5\t7\n");
    assertThatThrownBy(() -> read(withPaths(settings, narrow)))
        .hasMessage(narrow + ":1: src_ts: no column 3, the line has 2");
    assertThat(read(withPaths(settings, files.write("empty.tsv", "")))).isEmpty();
  }

  @Test
  void aHeaderAloneIsAnEmptyDataset() {
    assertThat(read(csv(files.write("a.csv", "t,p,q,id\n")))).isEmpty();
  }

  @Test
  void namesEveryColumnThatIsNotThereAndThoseThatAre() {
    refused(
        "t,price,q,Id,note\n",
        1,
        "price: no column 'p'; seq: no column 'id' — did you mean 'Id'? (the columns are 't', 'price', 'q', 'Id', 'note')");
    refused(
        "t,p,q,id,p\n",
        1,
        "price: two columns are named 'p' (the columns are 't', 'p', 'q', 'id', 'p')");
    refused("", 1, "is empty; a line with the names of the columns is expected");
  }

  @Test
  void guessesWhatTheFileMayBeInstead() {
    startRefused(
        "t;p;q;id\n", "(the columns are 't;p;q;id'); one column only: set delimiter: \";\"?");
    startRefused(
        "t\tp\n", "(the columns are 't\\u0009p'); one column only: set delimiter: \"\\t\"?");
    refused(
        "{\"t\":1,\"p\":2}\n", 1, "columns are expected, this looks like JSON: set type: ndjson");
    startRefused(
        "1570752011620,1.5,2,1\n", "; no header? set header: false and map columns by number");
  }

  private void startRefused(String text, String end) {
    Path file = files.write("ticks.csv", text);
    assertThatThrownBy(() -> read(csv(file)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ":1: src_ts: no column 't'")
        .hasMessageEndingWith(end);
  }

  @Test
  void readsOnWhenTheThreadIsInterrupted() {
    Path file = files.write("a.csv", "t,p,q,id\n1,1,1,1\n2,1,1,2\n");
    Thread.currentThread().interrupt();
    try {
      assertThat(read(csv(file))).hasSize(2);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void namesTheLineAndTheValueThatIsWrong() {
    refused("t,p,q,id\n1,1,1,1\n2,abc,1,2\n", 3, "price: not a number: 'abc'");
    refused("t,p,q,id\n\n\n1,,1,1\n", 4, "price: missing in column 'p'");
    refused("t,p,q,id\n1,NaN,1,1\n", 2, "price: not a number: 'NaN'");
    String wanted = " (want 0, or a magnitude from 1e-100 to 1e100)";
    refused("t,p,q,id\n1,1e400,1,1\n", 2, "price: too large: '1e400'" + wanted);
    refused("t,p,q,id\n1,1,1,1\n2,1e-101,1,2\n", 3, "price: too small: '1e-101'" + wanted);
    refused("t,p,q,id\n1,1,-1e-400,1\n", 2, "size: too small: '-1e-400'" + wanted);
    refused("t,p,q,id\n1,1,-2,1\n", 2, "size: must not be negative: '-2'");
    refused("t,p,q,id\n1,1,1,\n", 2, "seq: missing in column 'id'");
    refused("t,p,q,id\n1,1,1,-4\n", 2, "seq: must not be negative: '-4'");
    refused("t,p,q,id\n1,1,1,1.5\n", 2, "seq: not a whole number: '1.5'");
    refused("t,p,q,id\n,1,1,1\n", 2, "src_ts: missing in column 't'");
    refused(
        "t,p,q,id\n1570752011620000,1,1,1\n",
        2,
        "src_ts: '1570752011620000' ms is not a time between 1900 and 2200, as us it is 2019-10-11T00:00:11.620000Z, as ns it is 1970-01-19T04:19:12.011620Z: set unit: us");
    refused("t,p,q,id\n1,\u001b[31m,1,1\n", 2, "price: not a number: '\\u001b[31m'");
  }

  @Test
  void namesTheLineWhoseShapeIsWrong() {
    refused(
        "t,p,q,id\n1,1,1,1\n2,1,1\n", 3, "4 columns as in the first line are expected, found 3");
    refused("t,p,q,id\n1,1,1,1,9\n", 2, "4 columns as in the first line are expected, found 5");
    refused("t,p,q,id\n1,1,1,1\n2,\"1,1,1\n3,1,1,1\n", 3, "Unclosed quoted field at end of input");
    refused("t,p,q,id\n1,\"\n\",1,1\n2,x,1,1\n", 2, "price: not a number: '\\u000a'");
  }

  @Test
  void anUnclosedQuoteInALargeFileDoesNotFillTheMemory() {
    String rows = "1,1,1,1\n".repeat(300_000);

    refused(
        "t,p,q,id\n1,\"1,1,1\n" + rows,
        2,
        "the record is longer than 1048576 characters: is a closing quote missing?");
  }

  @Test
  void namesASymbolThatIsNone() {
    Path file = files.write("a.csv", "t,p,s\n1,1,spy\n2,1,S|PY\n");

    assertThatThrownBy(() -> read(csvWithSymbols(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":3: symbol: not a symbol: 'S|PY' (want " + Symbol.GRAMMAR + ")");
  }

  @Test
  void readsGzipWhateverTheName() {
    String text = "t,p,q,id\n1,1,1,1\n2,1.5,1,2\n";
    Path one = files.write("a.csv", gzip(text));
    byte[] first = gzip("t,p,q,id\n1,1,1,1\n");
    byte[] second = gzip("2,1.5,1,2\n");
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(brief(read(csv(one)))).containsExactly("SPY@1000#1=1.0", "SPY@2000#2=1.5");
    assertThat(read(csv(files.write("members.csv", both)))).isEqualTo(read(csv(one)));
  }

  @Test
  void saysInWhichLineAGzipFileWasCutOff() {
    StringBuilder text = new StringBuilder("t,p,q,id\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(",1.").append(i * 7919 % 9973).append(",1,").append(i).append('\n');
    }
    byte[] whole = gzip(text.toString());
    for (int length : new int[] {5, 11, whole.length / 3, whole.length / 2, whole.length - 9}) {
      Path file = files.write("cut.csv.gz", Arrays.copyOf(whole, length));
      long readable = readableLines(Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> read(csv(file)))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              Pattern.quote(file.toString())
                  + ":("
                  + readable
                  + "|"
                  + (readable + 1)
                  + "): the gzip data ends in the middle: the file was cut off \\(an unfinished download or copy\\?\\)");
    }
  }

  @Test
  void saysThatGzipDataIsBroken() {
    byte[] bytes = gzip("t,p,q,id\n1,1,1,1\n");
    bytes[bytes.length - 6] ^= 1;
    Path file = files.write("a.csv.gz", bytes);

    assertThatThrownBy(() -> read(csv(file)))
        .hasMessage(
            file
                + ":3: the gzip data is broken: the checksum of the part that ends at byte "
                + bytes.length
                + " is wrong");
  }

  @Test
  void saysWhyAFileCannotBeOpened() {
    Path absent = folder.resolve("nope.csv");
    assertThatThrownBy(() -> read(csv(absent))).hasMessage(absent + ": no such file");
    assertThatThrownBy(() -> read(csv(Path.of("nope.csv"))))
        .hasMessage("nope.csv: no such file in " + Path.of("").toAbsolutePath());
    assertThatThrownBy(() -> read(csv(folder)))
        .hasMessage(
            folder
                + ": is a directory; name the files in it, or a pattern such as "
                + folder
                + "/*.csv");
    Path packed = files.write("a.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
    assertThatThrownBy(() -> read(csv(packed)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            packed + ":1: is compressed with zstd; plain and gzip can be read: use zstd -d first");
    Path wide = files.write("wide.csv", "t,p\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> read(csv(wide)))
        .hasMessage(
            wide + ":1: is UTF-16 text; UTF-8 is expected: use iconv -f UTF-16 -t UTF-8 first");
  }

  private void refused(String text, int line, String message) {
    Path file = files.write("ticks.csv", text);
    assertThatThrownBy(() -> read(csv(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":" + line + ": " + message);
  }

  private static DatasetSettings withPaths(DatasetSettings settings, Path... paths) {
    return new DatasetSettings(
        settings.name(),
        settings.format(),
        List.of(paths),
        settings.provider(),
        settings.symbol(),
        settings.columns(),
        settings.times(),
        settings.prefix(),
        settings.otherLines(),
        settings.delimiter(),
        settings.header());
  }

  /// How many lines can be unpacked, the last one perhaps in part.
  private static long readableLines(byte[] cut) {
    StringBuilder text = new StringBuilder();
    try (var in =
        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(cut), 1 << 16)) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
    } catch (java.io.IOException e) {
      // the end that was cut off
    }
    return text.chars().filter(c -> c == '\n').count()
        + (text.isEmpty() || text.charAt(text.length() - 1) == '\n' ? 0 : 1);
  }
}

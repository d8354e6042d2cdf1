package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.FRAMES;
import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static dev.mdp.providers.dataset.DatasetFiles.frames;
import static dev.mdp.providers.dataset.DatasetFiles.gzip;
import static dev.mdp.providers.dataset.DatasetFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonDatasetTest {
  private static final String FRAME =
      "{\"stream\":\"x@trade\",\"other\":[1,{\"p\":2}],\"data\":{\"e\":\"trade\",\"s\":\"btcusdt\",\"t\":7,\"p\":\"61837.63000000\",\"q\":0.02,\"T\":1723161255342,\"m\":{\"p\":9}}}";

  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void findsTheMappedPathsAndTakesQuotedNumbers() {
    Path file = files.write("a.ndjson", FRAME + "\n");

    assertThat(read(frames(LinePrefix.NONE, file)))
        .containsExactly(
            new Tick(
                "feed",
                "run-1",
                new Symbol("BTCUSDT"),
                1_723_161_255_342_000L,
                7,
                61837.63,
                0.02,
                Tick.ABSENT,
                Tick.ABSENT,
                1_723_161_255_342_000L));
  }

  @Test
  void takesTheRecordersTimeFromThePrefix() {
    Path file = files.write("a.ndjson", "1723161254087896568 " + FRAME);

    Tick tick = read(frames(LinePrefix.EPOCH_NS, file)).getFirst();

    assertThat(tick.ingestMicros()).isEqualTo(1_723_161_254_087_896L);
    assertThat(tick.srcMicros()).isEqualTo(1_723_161_255_342_000L);
  }

  @Test
  void passesOverBlankLinesAndReadsTheLastLineWithoutALineEnd() {
    Path file = files.write("a.ndjson", "\ufeff" + FRAME + "\r\n\r\n  \t\n" + FRAME);

    assertThat(read(frames(LinePrefix.NONE, file))).hasSize(2);
    assertThat(read(frames(LinePrefix.NONE, files.write("empty", "")))).isEmpty();
  }

  @Test
  void readsLinesLongerThanItsBuffer() {
    String wide = FRAME.replace("x@trade", "x".repeat(200_000));
    Path file = files.write("a.ndjson", (wide + "\n").repeat(3) + FRAME + "\n");

    assertThat(read(frames(LinePrefix.NONE, file))).hasSize(4);
  }

  @Test
  void refusesALineWithoutAnEnd() {
    refused(
        "{\"a\":\"" + "x".repeat(2_000_000),
        1,
        "the line is longer than 1048576 bytes; not NDJSON?");
  }

  @Test
  void namesTheLineAndTheValueThatIsWrong() {
    String ok = FRAME + "\n";
    refused(ok + FRAME.replace("\"61837.63000000\"", "\"abc\""), 2, "price: not a number: 'abc'");
    refused(ok + FRAME.replace("\"61837.63000000\"", "null"), 2, "price: missing at data.p");
    refused(
        ok + FRAME.replace("\"61837.63000000\"", "{}"),
        2,
        "price: want a number or a text, found an object");
    refused(
        ok + FRAME.replace("\"61837.63000000\"", "[1]"),
        2,
        "price: want a number or a text, found an array");
    refused(
        ok + FRAME.replace("\"61837.63000000\"", "true"),
        2,
        "price: want a number or a text, found true");
    refused(
        ok + FRAME.replace("\"61837.63000000\"", "1e400"),
        2,
        "price: too large: '1e400' (want 0, or a magnitude from 1e-100 to 1e100)");
    refused(FRAME.replace("\"t\":7", "\"t\":7.5"), 1, "seq: not a whole number: '7.5'");
    refused(
        FRAME.replace("\"p\":\"61837.63000000\"", "\"p\":1,\"p\":2"),
        1,
        "the key 'p' is there twice");
    refused(
        FRAME.replace("\"stream\":\"x@trade\"", "\"data\":{\"p\":1}"),
        1,
        "the key 'data' is there twice");
  }

  @Test
  void namesTheLineThatIsNoObject() {
    refused(
        FRAME + "\n[1]\n",
        2,
        "want a JSON object, found '[1]' (a JSON array? write one object a line: jq -c '.[]')");
    refused(
        "src_ts,price\n1,2\n", 1, "want a JSON object, found 'src_ts,price' (CSV? set type: csv)");
    refused(
        "123456789 {\"data\":1}\n",
        1,
        "want a JSON object, found '123456789 {\"data\":1}' (a time before the JSON? set prefix: epoch_ns)");
    refused("17\n", 1, "want a JSON object, found '17'");
    refused(FRAME + FRAME, 1, "more text after the JSON object: one object a line is expected");
    refused("{\"data\":{\"p\":NaN}}", 1, "not JSON near column 17: Non-standard token 'NaN'");
    refused(
        "{\"data\":{\"p\":1,}}",
        1,
        "not JSON near column 16: Unexpected character ('}' (code 125)): was expecting double-quote to start field name");
    refused("{\"data\":{\"p\":1\n", 1, "not JSON near column 15: the line ends inside the object");
  }

  @Test
  void bytesThatAreNoUtf8AreNoJson() {
    for (byte[] bytes :
        List.of(
            new byte[] {'{', 0, '"', 0, 'a', 0},
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xc3, '}'},
            new byte[] {0, 0, 0, '{'})) {
      Path file = files.write("a.ndjson", bytes);
      assertThatThrownBy(() -> read(frames(LinePrefix.NONE, file)))
          .as(Arrays.toString(bytes))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(".*a.ndjson:1: (not JSON|want a JSON object|a zero byte, byte).*");
    }
  }

  @Test
  void namesALineWithoutThePrefix() {
    for (String line :
        List.of(FRAME, "1723161254087896568" + FRAME, "17231612540878965680 {}", " {}")) {
      Path file = files.write("a.ndjson", line);
      assertThatThrownBy(() -> read(frames(LinePrefix.EPOCH_NS, file)))
          .hasMessageStartingWith(
              file + ":1: prefix: want a time in ns and a space before the JSON, found '");
    }
    Path file = files.write("a.ndjson", "9223372036854775808 {}");
    assertThatThrownBy(() -> read(frames(LinePrefix.EPOCH_NS, file)))
        .hasMessage(
            file
                + ":1: prefix: 9223372036854775808 ns is not a time between 1900 and 2200; want nanoseconds since the epoch");
  }

  @Test
  void refusesOtherLinesUnlessToldToSkipThem() {
    String reply = "{\"result\":null,\"id\":1}\n";
    refused(
        reply + FRAME,
        1,
        "src_ts: missing at data.T (a line that is not a trade? other_lines: skip passes over it)");

    Path file = files.write("a.ndjson", reply + FRAME + "\n" + reply);
    try (DatasetSource source = new DatasetSource(skipping(file), ReadOptions.all("run-1", 0))) {
      assertThat(brief(Events.ticks(source, 10)))
          .containsExactly("BTCUSDT@1723161255342000#7=61837.63");
      assertThat(source.counts().otherLines()).isEqualTo(2);
    }
  }

  @Test
  void aTradeWithoutItsPriceIsBrokenEvenWhenOtherLinesAreSkipped() {
    Path file = files.write("a.ndjson", FRAME.replace("\"p\":\"61837.63000000\",", ""));

    assertThatThrownBy(() -> read(skipping(file)))
        .hasMessage(file + ":1: price: missing at data.p");
  }

  @Test
  void saysInWhichLineAGzipFileWasCutOff() {
    byte[] whole = gzip((FRAME + "\n").repeat(5_000));
    Path file = files.write("a.ndjson.gz", Arrays.copyOf(whole, whole.length - 9));

    assertThatThrownBy(() -> read(frames(LinePrefix.NONE, file)))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            ".*:(49\\d\\d|500\\d): the gzip data ends in the middle: the file was cut off \\(an unfinished download or copy\\?\\)");
  }

  private void refused(String text, int line, String message) {
    Path file = files.write("frames.ndjson", text);
    assertThatThrownBy(() -> read(frames(LinePrefix.NONE, file)))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":" + line + ": " + message);
  }

  private static DatasetSettings skipping(Path file) {
    return new DatasetSettings(
        "test",
        FileFormat.NDJSON,
        List.of(file),
        "feed",
        Optional.empty(),
        FRAMES,
        PlausibleTimes.ALL,
        LinePrefix.NONE,
        OtherLines.SKIP,
        ',',
        true);
  }
}

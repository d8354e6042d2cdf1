package dev.mdp.providers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `bad_lines`, and ids as a `seq`.
class BadLinesTest {
  private static final String TORN = "has no line end: still being written, or cut off?";

  @TempDir Path folder;
  private ReadingCounts counts = ReadingCounts.NONE;

  @ParameterizedTest
  @ValueSource(strings = {"3,3", "3,3,3,\"3", "3,x,3,3", "not a time,3,3,3"})
  void aBadLineIsPassedOverWhereverItIs(String bad) throws Exception {
    String torn = "t,p,q,id\n1,1,1,1\n2,2,2,2\n" + bad;
    assertThatThrownBy(() -> read(csv(torn, BadLines.REFUSE)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f.csv:4: ")
        .hasMessageContaining(TORN)
        .hasMessageContaining("bad_lines: skip");

    assertThat(seqs(csv(torn, BadLines.SKIP))).containsExactly(1L, 2L);
    assertThat(counts.badLines()).isEqualTo(1);
    assertThat(counts.firstBadLine()).contains("f.csv:4: ");
    if (!bad.contains("\"")) {
      String middle = "t,p,q,id\n1,1,1,1\n" + bad + "\n\n4,4,4,4\n";
      assertThatThrownBy(() -> read(csv(middle, BadLines.REFUSE)))
          .hasMessageContaining("f.csv:3: ")
          .hasMessageNotContaining(TORN);
      assertThat(seqs(csv(middle, BadLines.SKIP))).containsExactly(1L, 4L);
      assertThat(counts.badLines()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":3,\"p\":3,\"id\":",
        "{",
        "garbage",
        "{\"t\":3}",
        "[]",
        "{\"t\":3,\"p\":true,\"id\":3}"
      })
  void aBadJsonLineIsPassedOverWhereverItIs(String bad) throws Exception {
    String good = "{\"t\":%d,\"p\":1,\"id\":%d}\n";
    String torn = good.formatted(1, 1) + good.formatted(2, 2) + bad;
    assertThatThrownBy(() -> read(ndjson(torn, null, BadLines.REFUSE)))
        .hasMessageContaining("f.ndjson:3: ")
        .matches(e -> String.valueOf(e.getMessage()).contains(TORN) == bad.matches("[{][^}]*"));

    assertThat(seqs(ndjson(torn, null, BadLines.SKIP))).containsExactly(1L, 2L);
    assertThat(counts.badLines()).isEqualTo(1);
    String middle = good.formatted(1, 1) + bad + "\r\n" + good.formatted(4, 4);
    assertThat(seqs(ndjson(middle, null, BadLines.SKIP))).containsExactly(1L, 4L);
    assertThat(counts.firstBadLine()).contains("f.ndjson:2: ").doesNotContain(TORN);
  }

  /// What was read of a line before its fault must not come with the next one.
  @Test
  void nothingOfABadLineOfManyTradesIsTaken() throws Exception {
    String lines =
        """
        {"d":[{"t":1,"p":1,"id":1},{"t":1,"p":1,"id":2}]}
        {"d":[{"t":2,"p":1,"id":3},{"t":2,"p":1,"id":4},{"t":2,"p":
        {"d":[{"t":3,"p":1,"id":5},{"t":3,"p":"x","id":6},{"t":3,"p":1,"id":7}]}
        """;

    assertThat(seqs(ndjson(lines, "d", BadLines.SKIP))).containsExactly(1L, 2L, 5L, 7L);
    assertThat(counts.badLines()).isEqualTo(2);
  }

  @Test
  void aFileOfBadLinesAloneIsRefused() {
    assertThatThrownBy(() -> read(csv("t,p,q,id\nx,1,1,1\ny,1,1,1\n", BadLines.SKIP)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all 2 lines are bad, the first: ")
        .hasMessageContaining("f.csv:2: src_ts");
  }

  @Test
  void whatConcernsTheWholeFileIsRefusedAllTheSame() {
    String good = "t,p,q,id\n1,1,1,1\n";
    assertThatThrownBy(() -> read(csv(good + "2,2,2,\"2\n3,3,3,3\n", BadLines.SKIP)))
        .as("a quote that swallows lines")
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> read(csv(good + "2,2\0", BadLines.SKIP)))
        .hasMessageContaining("zero byte");
    assertThatThrownBy(() -> read(csv("t,p,q\n1,1,1\n", BadLines.SKIP))).hasMessageContaining("id");
    assertThatThrownBy(() -> read(csv(good + "9,9,9,9\n2,2,2,2\n", BadLines.SKIP)))
        .as("out of order")
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8, 4894645226973705058",
    "18446744073709551615, 2600265489433259352",
    "12345678901234567890123456, 2922561302256940489",
    "1, 8950960187928269782"
  })
  void anIdIsHashedTheSameForEver(String id, long seq) throws Exception {
    ColumnMapping hashed =
        new ColumnMapping(null, "t", TimeUnitName.S, "p", "q", "id", true, null, null, null, null);
    DatasetSettings settings =
        settings(
            file("f.csv", "t,p,q,id\n1,1,1," + id + "\n"), FileFormat.CSV, hashed, BadLines.REFUSE);

    assertThat(seqs(settings)).containsExactly(seq);
    assertThat(SeqHash.of(id)).isEqualTo(seq).isNotNegative();
  }

  @Test
  void anIdThatIsNoNumberIsRefusedWithTheRemedy() {
    for (String id :
        List.of("18446744073709551615", "6ba7b810-9dad", "12345678901234567890123456")) {
      assertThatThrownBy(() -> read(csv("t,p,q,id\n1,1,1," + id + "\n", BadLines.REFUSE)))
          .hasMessageContaining("seq: ")
          .hasMessageContaining("seq: { path: …, hash: true }");
    }
  }

  private DatasetSettings csv(String text, BadLines bad) throws Exception {
    ColumnMapping columns =
        new ColumnMapping("t", TimeUnitName.S, "p", "q", "id", null, null, null);
    return settings(file("f.csv", text), FileFormat.CSV, columns, bad);
  }

  private DatasetSettings ndjson(
      String text, @org.jspecify.annotations.Nullable String each, BadLines bad) throws Exception {
    ColumnMapping columns =
        new ColumnMapping(each, "t", TimeUnitName.S, "p", null, "id", null, null, null);
    return settings(file("f.ndjson", text), FileFormat.NDJSON, columns, bad);
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static DatasetSettings settings(
      Path file, FileFormat format, ColumnMapping columns, BadLines bad) {
    return new DatasetSettings(
        "d",
        format,
        List.of(file),
        "p",
        Optional.of(Symbol.of("SPY")),
        columns,
        PlausibleTimes.ALL,
        LinePrefix.NONE,
        OtherLines.REFUSE,
        bad,
        ',',
        true);
  }

  private List<Long> seqs(DatasetSettings settings) {
    return read(settings).stream().map(event -> ((Tick) event).seq()).toList();
  }

  private List<MarketEvent> read(DatasetSettings settings) {
    List<MarketEvent> all = new ArrayList<>();
    try (DatasetSource source = new DatasetSource(settings, ReadOptions.all("lane", 0))) {
      while (!source.exhausted()) {
        all.addAll(source.next(1));
      }
      counts = source.counts();
    }
    return all;
  }
}

package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames that hold several trades, and lines that hold none.
class EachElementTest {
  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void anArrayOnAMappedPathIsAnErrorAlsoWhenOtherLinesAreSkipped() {
    String object = "{\"data\":{\"T\":1000,\"p\":1,\"s\":\"A\"}}\n";
    String array = "{\"data\":[{\"T\":2000,\"p\":2,\"s\":\"A\"}]}\n";
    for (OtherLines others : OtherLines.values()) {
      Path file = files.write("a.ndjson", object + array);

      assertThatThrownBy(() -> read(settings(null, "data.T", "data.p", "data.s", others, file)))
          .as("%s", others)
          .isInstanceOf(DataException.class)
          .hasMessage(
              file
                  + ":2: data: found an array, want an object; columns: { each: data, … } reads each of its elements as a trade");
    }
  }

  @Test
  void everyElementIsATradeInTheOrderOfTheArray() {
    Path file =
        files.write(
            "a.ndjson",
            """
            {"data":[{"T":1000,"p":1,"s":"A"},{"T":1000,"p":"2","s":"A"}],"type":"snapshot"}
            {"type":"update","data":[{"x":[1],"s":"B","p":3,"T":2000}]}
            {"data":[]}
            """);

    assertThat(brief(read(settings("data", "T", "p", "s", OtherLines.REFUSE, file))))
        .containsExactly("A@1000000#0=1.0", "A@1000000#1=2.0", "B@2000000#0=3.0");
  }

  @Test
  void aPathWithADollarBeginsInTheLinesObjectWhereverItsFieldStands() {
    Path file =
        files.write(
            "a.ndjson",
            """
            {"ts":1000,"a":{"b":[{"p":1},{"p":2}]},"arg":{"s":"x"}}
            {"a":{"b":[{"p":3}]},"ts":2000,"arg":{"s":"y"}}
            """);

    assertThat(brief(read(settings("a.b", "$.ts", "p", "$.arg.s", OtherLines.REFUSE, file))))
        .containsExactly("X@1000000#0=1.0", "X@1000000#1=2.0", "Y@2000000#0=3.0");
  }

  @Test
  void messagesNameTheElement() {
    refused(
        "{\"data\":[{\"T\":1,\"p\":1,\"s\":\"A\"},{\"T\":1,\"p\":\"x\",\"s\":\"A\"}]}",
        "element 2: price: not a number: 'x'");
    refused(
        "{\"data\":[{\"T\":1,\"p\":1,\"s\":\"A\"},7]}",
        "each: element 2 of data is 7, want an object");
    refused("{\"data\":[[1,2]]}", "each: element 1 of data is an array, want an object");
    refused("{\"data\":{\"T\":1}}", "each: want an array at data, found an object");
    refused("{\"data\":[{\"T\":1,\"T\":2}]}", "the key 'T' is there twice");
    refused(
        "{\"data\":[{\"T\":1,\"p\":[1],\"s\":\"A\"}]}",
        "price: want a number or a text, found an array");
    refused(
        "{\"id\":1}",
        "each: no array at data (a line that is not a trade? other_lines: skip passes over it)");
    refused(
        "{\"data\":null}",
        "each: no array at data (a line that is not a trade? other_lines: skip passes over it)");
    refused(
        "{\"data\":[{\"T\":1,\"p\":1,\"s\":\"A\"}",
        "not JSON near column 31: the line ends inside the object");
  }

  @Test
  void linesAndElementsThatAreNoTradeAreSkippedAndCounted() {
    Path file =
        files.write(
            "a.ndjson",
            """
            {"id":1}
            {"data":[{"e":"heartbeat"},{"T":1000,"p":1,"s":"A"},{"e":"end"}]}
            {"data":"pong"}
            """);
    DatasetSettings settings = settings("data", "T", "p", "s", OtherLines.SKIP, file);

    try (DatasetSource source = new DatasetSource(settings, ReadOptions.all("run-1", 0))) {
      assertThat(brief(Events.ticks(source, 10))).containsExactly("A@1000000#0=1.0");
      assertThat(source.counts().otherLines()).isEqualTo(4);
    }
  }

  @Test
  void aFileOfWhichEveryLineWasPassedOverIsRefused() {
    Path file = files.write("a.ndjson", "{\"id\":1}\n\n{\"result\":{}}\n");
    assertThatThrownBy(
            () -> read(settings(null, "data.T", "data.p", "data.s", OtherLines.SKIP, file)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ":3: all 2 lines were passed over, for none has a time at data.T or a price at data.p; are the columns those of this file?");
    Path empty = files.write("b.ndjson", "{\"data\":[]}\n");
    assertThatThrownBy(() -> read(settings("data", "T", "p", "s", OtherLines.SKIP, empty)))
        .hasMessageContaining(
            ":1: all 1 lines were passed over, for none has a time or a price in the elements of data");
    assertThat(read(settings(null, "T", "p", "s", OtherLines.SKIP, files.write("c.ndjson", "\n"))))
        .isEmpty();
  }

  @Test
  void rowsOutsideTheRangeAreCounted() {
    Path file = files.write("a.csv", "t,p,s\n1,1,A\n5,1,A\n9,1,A\n");
    DatasetSettings settings = DatasetFiles.csvWithSymbols(file);
    for (boolean sort : new boolean[] {false, true}) {
      try (DatasetSource source =
          new DatasetSource(settings, new ReadOptions("run-1", 4, 8, 100, sort))) {
        assertThat(Events.ticks(source, 10)).hasSize(1);
        assertThat(source.counts().outsideRange()).isEqualTo(2);
      }
    }
  }

  private void refused(String line, String message) {
    Path file = files.write("frames.ndjson", line + "\n");
    assertThatThrownBy(() -> read(settings("data", "T", "p", "s", OtherLines.REFUSE, file)))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":1: " + message);
  }

  private static List<Tick> read(DatasetSettings settings) {
    return DatasetFiles.read(
        settings, new ReadOptions("run-1", Micros.MIN, Micros.MAX, 500_000, false));
  }

  private static DatasetSettings settings(
      @Nullable String each,
      String time,
      String price,
      String symbol,
      OtherLines others,
      Path file) {
    return new DatasetSettings(
        "d",
        FileFormat.NDJSON,
        List.of(file),
        "feed",
        Optional.empty(),
        new ColumnMapping(each, time, TimeUnitName.MS, price, null, null, null, null, symbol),
        PlausibleTimes.ALL,
        LinePrefix.NONE,
        others,
        ',',
        true);
  }
}

package dev.mdp.providers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarDatasetTest {
  private static final String HEADER = "t,o,h,l,c,v,s\n";
  private static final BarMapping MINUTES =
      new BarMapping(Interval.parse("1m"), "o", "h", "l", "c", "v");

  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void open() {
    files = new DatasetFiles(folder);
  }

  @Test
  void readsRowsAsBarsThatCameAsBars() {
    List<BarEvent> bars =
        read(
            csv(
                files.write(
                    "a.csv", HEADER + "120,5,7,4,6,2.5,A\n120,1,1,1,1,,B\n180,6,6,6,6,0,A\n")),
            ReadOptions.all("run-1", 0));

    assertThat(bars)
        .extracting(BarEvent::bar)
        .containsExactly(
            bar("A", 120, 5, 7, 4, 6, 2.5),
            bar("B", 120, 1, 1, 1, 1, 0),
            bar("A", 180, 6, 6, 6, 6, 0));
    assertThat(bars.getFirst().seq()).isZero();
    assertThat(bars.getFirst().ingestMicros()).isEqualTo(120_000_000L);
  }

  @Test
  void readsJsonWithoutAVolumeAndPassesOverOtherLines() {
    Path file =
        files.write(
            "a.ndjson",
            "{\"e\":\"hello\"}\n{\"k\":{\"t\":60,\"o\":\"5\",\"h\":7,\"l\":4,\"c\":6},\"id\":9}\n");
    DatasetSettings settings =
        new DatasetSettings(
            "test",
            FileFormat.NDJSON,
            List.of(file),
            "feed",
            Optional.of(Symbol.of("A")),
            new ColumnMapping(
                null,
                "k.t",
                TimeUnitName.S,
                new BarMapping(Interval.parse("1m"), "k.o", "k.h", "k.l", "k.c", null),
                "id",
                false,
                null),
            PlausibleTimes.ALL,
            LinePrefix.NONE,
            OtherLines.SKIP,
            ',',
            true);

    List<BarEvent> bars = read(settings, ReadOptions.all("run-1", 0));

    assertThat(bars).extracting(BarEvent::bar).containsExactly(bar("A", 60, 5, 7, 4, 6, 0));
    assertThat(bars.getFirst().seq()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "61,5,7,4,6,1,A | 2: src_ts: 1970-01-01T00:01:01.000000Z is not the start of a bar of 1m (that is 1970-01-01T00:01:00.000000Z)",
        "60,5,5.5,4,6,1,A | 2: high: 5.5 is below open 5.0 or close 6.0",
        "60,5,7,5.5,6,1,A | 2: low: 5.5 is above open 5.0 or close 6.0",
        "60,5,7,4,6,-1,A | 2: volume: must not be negative: '-1'",
        "60,,7,4,6,1,A | 2: open: missing in column 'o'",
        "60,5,x,4,6,1,A | 2: high: not a number: 'x'",
      })
  void refusesARowThatIsNoBarWithItsPlace(String row, String message) {
    DatasetSettings settings = csv(files.write("a.csv", HEADER + row + "\n"));

    assertThatThrownBy(() -> read(settings, ReadOptions.all("run-1", 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  /// Sorted in memory and in temporary files alike.
  @Test
  void sortsFilesInAnyOrder() {
    List<String> rows =
        new ArrayList<>(
            IntStream.range(0, 500)
                .mapToObj(i ->
                    "%d,%d,9000,-1,%d,%d,%s\n".formatted(60 * (i / 2), i, i, i, "AB".charAt(i % 2)))
                .toList());
    List<BarEvent> expected =
        read(
            csv(files.write("sorted.csv", HEADER + String.join("", rows))),
            ReadOptions.all("x", 0));
    Collections.shuffle(rows, new Random(7));
    DatasetSettings shuffled =
        csv(files.write("shuffled.csv", HEADER + rows.stream().collect(Collectors.joining())));

    for (int held : new int[] {7, 1_000}) {
      try (DatasetSource source =
          new DatasetSource(
              shuffled,
              new ReadOptions("x", Micros.MIN, Micros.MAX, 0, true),
              new Limits(1_000, held, Path.of(System.getProperty("java.io.tmpdir"))))) {
        assertThat(events(source)).isEqualTo(expected);
      }
    }
  }

  @Test
  void wantsAPriceOrABarAndNotBoth() {
    ColumnMapping neither =
        new ColumnMapping(
            null, "t", TimeUnitName.S, null, null, null, false, null, null, null, "s");
    ColumnMapping both =
        new ColumnMapping(
            null, "t", TimeUnitName.S, "c", null, null, false, null, null, MINUTES, "s");

    for (ColumnMapping each : List.of(neither, both)) {
      assertThatThrownBy(
              () -> DatasetSettings.csv("d", List.of(Path.of("x")), "feed", Optional.empty(), each))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("datasets.d.columns: want a price, or open, high, low and close");
    }
  }

  private static DatasetSettings csv(Path file) {
    return DatasetSettings.csv(
        "test",
        List.of(file),
        "feed",
        Optional.empty(),
        new ColumnMapping(null, "t", TimeUnitName.S, MINUTES, null, false, "s"));
  }

  private static Bar bar(
      String symbol,
      long seconds,
      double open,
      double high,
      double low,
      double close,
      double volume) {
    return new Bar(
        "feed",
        "run-1",
        Symbol.of(symbol),
        MINUTES.interval(),
        seconds * 1_000_000,
        open,
        high,
        low,
        close,
        volume,
        Double.NaN,
        Bar.EXTERNAL);
  }

  private static List<BarEvent> read(DatasetSettings settings, ReadOptions options) {
    try (DatasetSource source = new DatasetSource(settings, options)) {
      return events(source);
    }
  }

  private static List<BarEvent> events(DatasetSource source) {
    List<BarEvent> events = new ArrayList<>();
    while (!source.exhausted()) {
      for (MarketEvent event : source.next(100)) {
        events.add((BarEvent) event);
      }
    }
    return events;
  }
}

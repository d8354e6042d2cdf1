package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A time in the wrong unit is told by its year, in every line.
class PlausibleTimesTest {
  private static final long NOW = Micros.parse("2026-11-28T00:00:00Z");
  private static final PlausibleTimes USUAL =
      new PlausibleTimes(PlausibleTimes.DEFAULT_EARLIEST, NOW + 86_400_000_000L, true);

  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void millisecondsReadAsMicrosecondsAre1970() {
    refused(
        TimeUnitName.US,
        "t,p\n1761314521234,1\n",
        2,
        "src_ts: '1761314521234' us is 1970-01-21T09:15:14.521234Z, before 1990-01-01T00:00:00.000000Z, as ms it is 2025-10-24T14:02:01.234000Z, as ns it is 1970-01-01T00:29:21.314521Z: set unit: ms");
  }

  @ParameterizedTest
  @EnumSource(
      value = TimeUnitName.class,
      names = {"S", "MS", "US", "NS"})
  void everyUnitReadAsEveryOtherIsRefusedWithTheRightOne(TimeUnitName written) {
    String text =
        java.math.BigDecimal.valueOf(1_761_314_521_234_567L)
            .movePointLeft(written.microsPower)
            .setScale(0, java.math.RoundingMode.DOWN)
            .toPlainString();
    for (TimeUnitName read :
        List.of(TimeUnitName.S, TimeUnitName.MS, TimeUnitName.US, TimeUnitName.NS)) {
      if (read == written) {
        assertThat(Micros.format(EventTime.parse(text, read, USUAL)))
            .startsWith("2025-10-24T14:02:01");
      } else {
        assertThatThrownBy(() -> EventTime.parse(text, read, USUAL))
            .as("%s read as %s", written, read)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("2025-10-24T14:02:01")
            .hasMessageEndingWith(
                ": set unit: " + written.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    assertThatThrownBy(() -> EventTime.parse(text, TimeUnitName.ISO, USUAL))
        .hasMessageEndingWith(": set unit: " + written.name().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void aLineInTheMiddleWhoseUnitIsAnotherIsRefused() {
    refused(
        TimeUnitName.MS,
        "t,p\n1761314521234,1\n1761314521,1\n",
        3,
        "src_ts: '1761314521' ms is 1970-01-21T09:15:14.521000Z, before 1990-01-01T00:00:00.000000Z, as s it is 2025-10-24T14:02:01.000000Z, as us it is 1970-01-01T00:29:21.314521Z, as ns it is 1970-01-01T00:00:01.761314Z: set unit: s");
    refused(
        TimeUnitName.S,
        "t,p\n0,1\n",
        2,
        "src_ts: '0' s is 1970-01-01T00:00:00.000000Z, before 1990-01-01T00:00:00.000000Z, as ms it is 1970-01-01T00:00:00.000000Z, as us it is 1970-01-01T00:00:00.000000Z, as ns it is 1970-01-01T00:00:00.000000Z; if that is right, set earliest of src_ts to a time before it");
    refused(
        TimeUnitName.ISO,
        "t,p\n2027-01-01T00:00:00Z,1\n",
        2,
        "src_ts: '2027-01-01T00:00:00Z' is 2027-01-01T00:00:00.000000Z, not before 2026-11-29T00:00:00.000000Z; if that is right, set latest of src_ts to a time after it");
  }

  @Test
  void aJumpByDecadesIsAClockThatWasNotSet() {
    refused(
        TimeUnitName.ISO,
        "t,p\n2000-01-01T00:00:07Z,1\n2025-10-24T00:00:00Z,1\n",
        3,
        "src_ts: 2025-10-24T00:00:00.000000Z is more than 10 years from 2000-01-01T00:00:07.000000Z of line 2; if that is right, set earliest of src_ts");
    Path back = files.write("back.csv", "t,p\n2025-10-24T00:00:00Z,1\n2000-01-01T00:00:07Z,1\n");
    assertThatThrownBy(() -> read(settings(TimeUnitName.ISO, USUAL, back), true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            back + ":3: src_ts: 2000-01-01T00:00:07.000000Z is more than 10 years");
  }

  @Test
  void whoSaysWhatIsPlausibleMayHaveAnyTime() {
    Path file = files.write("old.csv", "t,p\n1962-01-02T00:00:00Z,1\n2025-01-02T00:00:00Z,2\n");
    PlausibleTimes said =
        new PlausibleTimes(Micros.parse("1962-01-01T00:00:00Z"), Micros.MAX, false);

    assertThat(brief(read(settings(TimeUnitName.ISO, said, file), false))).hasSize(2);
  }

  @Test
  void theRecordersTimeIsJudgedToo() {
    Path file = files.write("a.ndjson", "1723161254087 {\"t\":1723161255342,\"p\":1}\n");
    ColumnMapping columns =
        new ColumnMapping("t", TimeUnitName.MS, "p", null, null, null, null, null);
    DatasetSettings settings =
        new DatasetSettings(
            "d",
            FileFormat.NDJSON,
            List.of(file),
            "feed",
            Optional.of(new Symbol("X")),
            columns,
            USUAL,
            LinePrefix.EPOCH_NS,
            OtherLines.REFUSE,
            ',',
            true);

    assertThatThrownBy(() -> read(settings, false))
        .hasMessage(
            file
                + ":1: prefix: 1723161254087 ns is 1970-01-01T00:28:43.161254Z; want nanoseconds since the epoch");
  }

  private void refused(TimeUnitName unit, String text, int line, String message) {
    Path file = files.write("ticks.csv", text);
    assertThatThrownBy(() -> read(settings(unit, USUAL, file), false))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":" + line + ": " + message);
  }

  private static List<Tick> read(DatasetSettings settings, boolean sort) {
    ReadOptions options = new ReadOptions("run-1", Micros.MIN, Micros.MAX, 500_000, sort);
    try (DatasetSource source = new DatasetSource(settings, options)) {
      return Events.ticks(source, 100);
    }
  }

  private static DatasetSettings settings(TimeUnitName unit, PlausibleTimes times, Path file) {
    return new DatasetSettings(
        "d",
        FileFormat.CSV,
        List.of(file),
        "feed",
        Optional.of(new Symbol("X")),
        new ColumnMapping("t", unit, "p", null, null, null, null, null),
        times,
        LinePrefix.NONE,
        OtherLines.REFUSE,
        ',',
        true);
  }
}

package dev.mdp.providers.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetSettingsTest {

  @Test
  void tellsAllProblemsOfACsvDatasetAtOnce() {
    ColumnMapping names = new ColumnMapping("t", TimeUnitName.MS, " ", "0", null, null, null, null);

    assertThatThrownBy(() ->
            new DatasetSettings(
                "spy",
                FileFormat.CSV,
                List.of(),
                "a b",
                Optional.empty(),
                names,
                PlausibleTimes.ALL,
                LinePrefix.EPOCH_NS,
                OtherLines.SKIP,
                '"',
                false))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            datasets.spy.path: names no file
            datasets.spy.provider: not a provider name: 'a b'
            datasets.spy.symbol: is missing: give symbol, or map columns.symbol
            datasets.spy.prefix: epoch_ns is for type ndjson only
            datasets.spy.other_lines: skip is for type ndjson only
            datasets.spy.delimiter: must not be a quote or a control character but tab
            datasets.spy.columns.src_ts: without a header a column is named by its number from 1, was 't'
            datasets.spy.columns.price: is empty; name the column, or leave the key away
            datasets.spy.columns.size: without a header a column is named by its number from 1, was '0'\
            """);
  }

  @Test
  void refusesTwoSourcesOfTheSymbolAndPathsThatAreNone() {
    ColumnMapping paths =
        new ColumnMapping("data.T", TimeUnitName.MS, "data..p", ".q", null, null, null, "s");

    assertThatThrownBy(() ->
            DatasetSettings.ndjson(
                "btc",
                List.of(Path.of("a")),
                "feed",
                Optional.of(new Symbol("BTC")),
                paths,
                LinePrefix.NONE))
        .hasMessage(
            """
            datasets.btc.symbol: is given, and a column of symbols too: remove one of them
            datasets.btc.columns.price: not a path: 'data..p' (want names with dots, such as data.p)
            datasets.btc.columns.size: not a path: '.q' (want names with dots, such as data.p)\
            """);
  }

  @Test
  void refusesTheSameFileTwice() {
    assertThatThrownBy(() -> DatasetFiles.csv(Path.of("a.csv"), Path.of("b/../a.csv")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("datasets.test.path: names b/../a.csv twice; its trades would be sent twice");
  }

  @Test
  void readsIntoALaneAndAForwardRangeOnly() {
    assertThatThrownBy(() -> ReadOptions.all("", 0))
        .isInstanceOf(ConfigException.class)
        .hasMessage("a dataset is always read into a lane: '' is not a lane name");
    assertThatThrownBy(() -> new ReadOptions("run-1", 5, 5, 0, false))
        .hasMessage(
            "--from 1970-01-01T00:00:00.000005Z is not before --to 1970-01-01T00:00:00.000005Z");
    assertThatThrownBy(() -> new ReadOptions("run-1", Micros.MIN, Micros.MAX, -1, false))
        .hasMessage("allow_late_ms: must be from 0 ms to 366 days, was -1 µs");
  }
}

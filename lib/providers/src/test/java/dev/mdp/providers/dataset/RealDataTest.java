package dev.mdp.providers.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import dev.mdp.providers.SharedData;
import dev.mdp.testkit.ShuffledSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RealDataTest {
  @Test
  void readsTheTradesOfAnExchangeFromCsv() {
    List<Tick> ticks = Events.ticks(xrpeth(), 1_000);

    assertThat(ticks).hasSize(12_477).isSortedAccordingTo(EventStream.ORDER);
    assertThat(Micros.format(ticks.getFirst().srcMicros()))
        .isEqualTo("2019-10-11T00:00:11.620000Z");
    assertThat(Micros.format(ticks.getLast().srcMicros())).isEqualTo("2019-10-13T11:19:28.844000Z");
    assertThat(ticks.getFirst().eventId())
        .isEqualTo("binance|XRPETH|2019-10-11T00:00:11.620000Z|13519807");
    assertThat(ticks.getLast().price()).isEqualTo(0.00152787);
    assertThat(ticks.stream().map(Tick::eventId).distinct()).hasSize(12_477);
  }

  @Test
  void readsRecordedFramesFromGzippedNdjsonWithTheRecordersTime() {
    Path file = SharedData.file("btcusdt/ws_trade_frames.ndjson.gz");
    DatasetSettings settings =
        DatasetSettings.ndjson(
            "btcusdt",
            List.of(file),
            "binance",
            Optional.empty(),
            DatasetFiles.FRAMES,
            LinePrefix.EPOCH_NS);

    List<Tick> ticks = DatasetFiles.read(settings);

    assertThat(ticks).hasSize(19_904);
    assertThat(ticks.stream().mapToLong(Tick::seq).sorted().toArray())
        .isEqualTo(LongStream.rangeClosed(3_735_683_259L, 3_735_703_162L).toArray());
    long times = ticks.stream().mapToLong(Tick::srcMicros).distinct().count();
    assertThat(19_904 - times).isEqualTo(12_796);
    assertThat(ticks.getFirst().ingestMicros()).isEqualTo(1_723_161_254_087_896L);
    assertThat(ticks)
        .allSatisfy(tick ->
            assertThat(tick.srcMicros() - tick.ingestMicros()).isBetween(1_050_000L, 1_290_000L));
  }

  @Test
  void aShuffledReplayHasTheSameEventsEachAtMostTheSpanLate() {
    List<Tick> ordered = Events.ticks(xrpeth(), 1_000);
    long span = 400_000;

    List<Tick> shuffled = Events.ticks(new ShuffledSource(xrpeth(), Duration.ofMillis(400), 5), 77);
    List<Tick> again = Events.ticks(new ShuffledSource(xrpeth(), Duration.ofMillis(400), 5), 1_000);

    assertThat(shuffled).isNotEqualTo(ordered).containsExactlyInAnyOrderElementsOf(ordered);
    assertThat(again).isEqualTo(shuffled);
    long newest = Long.MIN_VALUE;
    for (MarketEvent event : shuffled) {
      newest = Math.max(newest, ((Tick) event).srcMicros());
      assertThat(((Tick) event).srcMicros()).isGreaterThanOrEqualTo(newest - span);
    }
  }

  private static DatasetSource xrpeth() {
    ColumnMapping columns =
        new ColumnMapping(
            "src_ts_ms", TimeUnitName.MS, "price", "size", "agg_trade_id", null, null, null);
    DatasetSettings settings =
        DatasetSettings.csv(
            "xrpeth",
            List.of(SharedData.file("xrpeth/ticks.csv")),
            "binance",
            Optional.of(new Symbol("XRPETH")),
            columns);
    return new DatasetSource(settings, ReadOptions.all("replay-1", 500_000));
  }
}

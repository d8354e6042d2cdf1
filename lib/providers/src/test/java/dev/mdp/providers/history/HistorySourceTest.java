package dev.mdp.providers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.HistoryReader;
import dev.mdp.providers.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistorySourceTest {
  private static final Symbol SPY = new Symbol("SPY");
  private static final HistoryRange RANGE =
      new HistoryRange("feed", List.of(SPY), 0, 1_000, "run-7");

  private final ListReader reader = new ListReader();

  @Test
  void sendsTheStoredTicksInTheLane() {
    LongStream.range(0, 10).forEach(i -> reader.ticks.add(tick(i * 100, i)));

    List<Tick> sent = Events.ticks(HistorySource.ticks(reader, RANGE), 3);

    assertThat(reader.asked).isEqualTo("ticks feed [SPY] 0 1000");
    assertThat(sent).hasSize(10);
    assertThat(sent.get(4))
        .isEqualTo(new Tick("feed", "run-7", SPY, 400, 4, 1.5, 2.5, 1.4, 1.6, 400));
  }

  @Test
  void sendsTheStoredBarsAsBarsThatCameAsBars() {
    Interval minute = Interval.parse("1m");
    reader.bars.add(new Bar("feed", "", SPY, minute, 60_000_000, 1, 4, 0.5, 2, 30, 1.7, 12));

    List<MarketEvent> sent = Events.all(HistorySource.bars(reader, RANGE, minute), 100);

    assertThat(reader.asked).isEqualTo("bars feed [SPY] 1m 0 1000");
    assertThat(sent)
        .containsExactly(
            new BarEvent(
                new Bar(
                    "feed", "run-7", SPY, minute, 60_000_000, 1, 4, 0.5, 2, 30, 1.7, Bar.EXTERNAL),
                0,
                60_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-200, 1, 0, price is 1.0E-200",
    "NaN, 1, 0, price is NaN",
    "1, 1e308, 0, size is 1.0E308",
    "1, -1, 0, size is -1.0",
    "1, 1, -9223372036854775808, no event may have this seq"
  })
  void aStoredRowThatCannotBeAnEventIsNamed(double price, double size, long seq, String message) {
    reader.ticks.add(
        new Tick("feed", "", SPY, 400, seq, price, size, Tick.ABSENT, Tick.ABSENT, 400));

    assertThatThrownBy(() -> HistorySource.ticks(reader, RANGE).next(10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feed|SPY|1970-01-01T00:00:00.000400Z|" + seq)
        .hasMessageContaining(message);
  }

  @Test
  void aStoredBarWithMoreVolumeThanASizeMayHaveIsNamed() {
    Interval minute = Interval.parse("1m");
    reader.bars.add(new Bar("feed", "", SPY, minute, 60_000_000, 1, 4, 0.5, 2, 2e100, 1.7, 12));

    assertThatThrownBy(() -> HistorySource.bars(reader, RANGE, minute).next(10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feed|SPY|1m|1970-01-01T00:01:00.000000Z")
        .hasMessageContaining("volume is 2.0E100");
  }

  @Test
  void closesTheRangeOnceAtTheEnd() {
    HistorySource<Tick> source = HistorySource.ticks(reader, RANGE);

    assertThat(source.next(10)).isEmpty();

    assertThat(source.exhausted()).isTrue();
    assertThat(source.next(10)).isEmpty();
    source.close();
    assertThat(reader.closed).isEqualTo(1);
  }

  @Test
  void tellsItsProgressByEventTime() {
    LongStream.range(0, 10).forEach(i -> reader.ticks.add(tick(i * 100, i)));
    HistorySource<Tick> source = HistorySource.ticks(reader, RANGE);

    assertThat(source.progress()).hasValue(0);
    source.next(6);
    assertThat(source.progress()).hasValue(0.5);
    source.next(6);
    source.next(6);
    assertThat(source.progress()).hasValue(1);
  }

  @Test
  void cannotTellItsProgressWithoutAnEnd() {
    HistoryRange open = new HistoryRange("feed", List.of(), Micros.MIN, Micros.MAX, "run-7");

    assertThat(HistorySource.ticks(reader, open).progress()).isEmpty();
  }

  @Test
  void refusesTheLiveLaneAndAnEmptyRange() {
    assertThatThrownBy(() -> new HistoryRange("feed", List.of(), 0, 1, ""))
        .hasMessage("stored history is always read into a lane: '' is not a lane name");
    assertThatThrownBy(() -> new HistoryRange("feed", List.of(), 1_000_000, 1_000_000, "run-7"))
        .hasMessage(
            "--from 1970-01-01T00:00:01.000000Z is not before --to 1970-01-01T00:00:01.000000Z");
    assertThatThrownBy(() -> new HistoryRange("a b", List.of(), 0, 1, "run-7"))
        .hasMessage("not a provider name: 'a b'");
  }

  private static Tick tick(long micros, long seq) {
    return new Tick("feed", "", SPY, micros, seq, 1.5, 2.5, 1.4, 1.6, micros + 7);
  }

  private static final class ListReader implements HistoryReader {
    private final List<Tick> ticks = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private String asked = "";
    private int closed;

    @Override
    public Range<Tick> ticks(String provider, List<Symbol> symbols, long from, long to) {
      asked = "ticks " + provider + " " + symbols + " " + from + " " + to;
      return range(ticks);
    }

    @Override
    public Range<Bar> bars(
        String provider, List<Symbol> symbols, Interval interval, long from, long to) {
      asked = "bars " + provider + " " + symbols + " " + interval + " " + from + " " + to;
      return range(bars);
    }

    private <T> Range<T> range(List<T> rows) {
      return new Range<>() {
        private int at;

        @Override
        public List<T> next(int max) {
          int end = Math.min(rows.size(), at + max);
          List<T> part = rows.subList(at, end);
          at = end;
          return part;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }
}

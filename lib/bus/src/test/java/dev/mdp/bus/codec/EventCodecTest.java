package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private final EventCodec codec = new EventCodec();

  @Test
  void readsTheContractsExample() {
    Tick tick = tick(Entries.CONTRACT);

    long src = Micros.parse("2025-10-24T14:02:01.234567Z");
    long ingest = Micros.parse("2025-10-24T14:02:01.300000Z");
    assertThat(tick)
        .isEqualTo(
            new Tick(
                "ibkr_primary",
                "",
                Symbol.of("SPY"),
                src,
                183,
                425.15,
                1200,
                Tick.ABSENT,
                Tick.ABSENT,
                ingest));
    assertThat(tick.eventId()).isEqualTo("ibkr_primary|SPY|2025-10-24T14:02:01.234567Z|183");
  }

  /// Both readers: the first tick of a form is read by the slower one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.75Z",
        "2017-01-01T05:29:60.123456789+05:30",
        "2016-12-31T18:59:60-05:00"
      })
  void aLeapSecondIsTheLastMicrosecondBeforeItAndCounted(String time) {
    String text = Entries.MINIMAL.replace("2025-10-24T14:02:01Z", time);

    for (int read = 1; read <= 3; read++) {
      assertThat(Micros.format(tick(text).srcMicros())).isEqualTo("2016-12-31T23:59:59.999999Z");
      assertThat(codec.leapSeconds()).isGreaterThanOrEqualTo(read);
    }
    assertThat(Micros.parse(time)).isEqualTo(tick(text).srcMicros());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2016-12-31T23:58:60Z", "2016-12-31T22:59:60Z", "2016-12-31T23:59:60+01:00"})
  void aSixtiethSecondAtAnotherTimeIsNone(String time) {
    assertThat(
            codec.decode(
                Entries.MINIMAL
                    .replace("2025-10-24T14:02:01Z", time)
                    .getBytes(StandardCharsets.UTF_8)))
        .isNull();
    assertThatThrownBy(() -> Micros.parse(time)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTheLeastATickNeeds() {
    long src = Micros.parse("2025-10-24T14:02:01Z");

    assertThat(tick(Entries.MINIMAL))
        .isEqualTo(
            new Tick(
                "manual",
                "",
                Symbol.of("SPY"),
                src,
                0,
                1.5,
                Tick.ABSENT,
                Tick.ABSENT,
                Tick.ABSENT,
                src));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"yesterday\"", "17", "\"1776-07-04T00:00:00Z\"", "null"})
  void anIngestTimeThatCannotBeReadIsNoLoss(String text) {
    MarketEvent event =
        codec.decode(
            json(
                "{\"provider\":\"v\",\"symbol\":\"SPY\",\"src_ts\":\"2025-10-24T14:02:01Z\",\"c\":1,\"ingest_ts\":"
                    + text
                    + "}"));

    assertThat(event).isInstanceOf(Tick.class);
    assertThat(((Tick) event).ingestMicros()).isEqualTo(Micros.parse("2025-10-24T14:02:01Z"));
  }

  @Test
  void writesATickInTheContractsOrder() {
    long src = Micros.parse("2025-10-24T14:02:01.234567Z");
    Tick tick =
        new Tick(
            "ibkr", "replay-1", Symbol.of("SPY"), src, 183, 425.15, 1200, 425.1, 425.2, src + 1);

    assertThat(new String(codec.encode(tick), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"ver":1,"provider":"ibkr","symbol":"SPY","kind":"tick",\
            "src_ts":"2025-10-24T14:02:01.234567Z","ingest_ts":"2025-10-24T14:02:01.234568Z",\
            "c":425.15,"v":1200,"bid":425.1,"ask":425.2,"seq":183,\
            "event_id":"ibkr|SPY|2025-10-24T14:02:01.234567Z|183","lane":"replay-1"}\
            """);
  }

  @Test
  void readsAndWritesBarsAndLaneEnds() {
    MarketEvent bar =
        codec.decode(
            json(
                """
                {"kind":"bar","provider":"v","symbol":"es","interval":"60s","o":2,"h":3,"l":-1,"c":1,\
                "src_ts":"2025-10-24T14:02:00Z"}\
                """));
    assertThat(bar).isInstanceOf(BarEvent.class);
    assertThat(((BarEvent) bar).bar().interval()).isEqualTo(Interval.parse("1m"));
    assertThat(((BarEvent) bar).bar().volume()).isZero();
    assertThat(((BarEvent) bar).bar().isExternal()).isTrue();
    assertThat(new String(codec.encode(bar), StandardCharsets.UTF_8))
        .contains("\"kind\":\"bar\",\"interval\":\"1m\"")
        .contains("\"o\":2,\"h\":3,\"l\":-1,\"c\":1,\"v\":0,\"seq\":0");

    MarketEvent end = new LaneEnd("v", "replay-1");
    assertThat(codec.decode(codec.encode(end))).isEqualTo(end);
    assertThat(codec.decode(json("{\"kind\":\"end\",\"provider\":\"v\"}")))
        .isEqualTo(new LaneEnd("v", ""));
  }

  @Test
  void ignoresUnknownFieldsWhateverTheirValue() {
    assertThat(
            tick(
                Entries.MINIMAL.replace(
                    "\"c\":1.5",
                    "\"x\":{\"c\":[1,{\"c\":2}],\"c\":3},\"é\":\"\\u0000\",\"c\":1.5,\"y\":[[],{}]")))
        .isEqualTo(tick(Entries.MINIMAL));
  }

  @Test
  void takesNullAsAbsentAndAliases() {
    assertThat(
            tick(
                Entries.MINIMAL.replace(
                    "\"c\":1.5", "\"price\":1.5,\"c\":null,\"size\":7,\"v\":null,\"lane\":null")))
        .extracting(Tick::price, Tick::size, Tick::lane)
        .containsExactly(1.5, 7.0, "");
  }

  @Test
  void normalisesNegativeZeroAndTakesNegativePrices() {
    Tick zero = tick(Entries.MINIMAL.replace("1.5", "-0.0,\"v\":-0.0,\"bid\":-0"));
    assertThat(Double.doubleToRawLongBits(zero.price())).isZero();
    assertThat(Double.doubleToRawLongBits(zero.size())).isZero();
    assertThat(Double.doubleToRawLongBits(zero.bid())).isZero();

    assertThat(tick(Entries.MINIMAL.replace("1.5", "-37.63")).price()).isEqualTo(-37.63);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-10-24T14:02:01.9999997Z, 2025-10-24T14:02:01.999999Z",
    "1969-12-31T23:59:59.9999997Z, 1969-12-31T23:59:59.999999Z",
    "2025-10-24t14:02:01.5z, 2025-10-24T14:02:01.500000Z",
    "2025-10-24T14:02:01+02:00, 2025-10-24T12:02:01.000000Z",
    "2025-10-24T00:02:01-23:59, 2025-10-25T00:01:01.000000Z",
    "2025-10-24T14:02:01-00:00, 2025-10-24T14:02:01.000000Z",
    "2024-02-29T00:00:00.000000001Z, 2024-02-29T00:00:00.000000Z",
  })
  void truncatesTimesTowardsThePast(String written, String expected) {
    Tick tick = tick(Entries.MINIMAL.replace("2025-10-24T14:02:01Z", written));

    assertThat(Micros.format(tick.srcMicros())).isEqualTo(expected);
  }

  @Test
  void givesSharedInstancesAlsoForOtherCase() {
    Tick first = tick(Entries.CONTRACT);
    Tick second = tick(Entries.CONTRACT.replace("183", "184"));
    Tick third = tick(Entries.CONTRACT.replace("\"SPY\"", "\"spy\""));

    assertThat(second.symbol()).isSameAs(first.symbol());
    assertThat(third.symbol()).isSameAs(first.symbol());
    assertThat(second.provider()).isSameAs(first.provider());
  }

  @ParameterizedTest
  @CsvSource({
    "^vix, ^VIX",
    "BRK B, BRK B",
    "SPY   251219C00600000, SPY 251219C00600000",
    "币安人生usdt, 币安人生USDT",
    "\\u5e01\\u5b89USDT, 币安USDT",
    "\\ud842\\udfb7, 𠮷"
  })
  void takesEverySymbolAndWritesItAsItIs(String written, String symbol) {
    Tick tick = tick(Entries.MINIMAL.replace("SPY", written));
    Tick again = tick(Entries.CONTRACT.replace("SPY", written));

    assertThat(tick.symbol()).isEqualTo(Symbol.of(symbol));
    assertThat(again.symbol()).isSameAs(tick.symbol());
    String json = new String(codec.encode(tick), StandardCharsets.UTF_8);
    assertThat(json)
        .contains("\"symbol\":\"" + symbol + "\"")
        .contains("\"event_id\":\"manual|" + symbol + "|");
    assertThat(codec.decode(codec.encode(tick))).isEqualTo(tick);
  }

  @Test
  void keepsItsSizeWhenEverySymbolIsNew() {
    for (int i = 0; i < 100_000; i++) {
      Tick tick = tick(Entries.MINIMAL.replace("SPY", "X" + i));
      assertThat(tick.symbol().value()).isEqualTo("X" + i);
    }
    assertThat(tick(Entries.MINIMAL).symbol()).isSameAs(tick(Entries.MINIMAL).symbol());
  }

  @Test
  void upperCasesTheSameUnderTurkishRules() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      assertThat(tick(Entries.MINIMAL.replace("SPY", "xilinx")).symbol().value())
          .isEqualTo("XILINX");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void doesNotWriteWhatItWouldRefuse() {
    Tick tick = tick(Entries.MINIMAL);
    assertThatThrownBy(() ->
            codec.encode(
                new Tick(
                    "manual", "", tick.symbol(), 0, 0, Double.NaN, 1, Tick.ABSENT, Tick.ABSENT, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("price");
    assertThatThrownBy(() -> codec.encode(new LaneEnd("a\"b", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("provider");
    assertThatThrownBy(() ->
            codec.encode(new Tick("p", "", tick.symbol(), Micros.MAX, 0, 1, 1, Tick.ABSENT, 1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("src_ts");
  }

  private Tick tick(String json) {
    MarketEvent event = codec.decode(json(json));
    assertThat(event).as("%s: %s", json, codec.rejection()).isInstanceOf(Tick.class);
    return (Tick) event;
  }

  private static byte[] json(String text) {
    return Entries.bytes(text);
  }
}

package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecRefusalTest {
  private final EventCodec codec = new EventCodec();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-10-24T14:02:01",
        "2025-10-24 14:02:01Z",
        "2025-10-24T14:02:60Z",
        "2025-10-24T24:00:00Z",
        "2025-02-29T00:00:00Z",
        "2025-13-01T00:00:00Z",
        "2025-10-24T14:02:01.Z",
        "2025-10-24T14:02:01.1234567890Z",
        "2025-10-24T14:02:01,5Z",
        "2025-10-24T14:02:01+24:00",
        "2025-10-24T14:02:01+0200",
        "2025-10-24T14:02:01Z ",
        "1899-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "+2025-10-24T14:02:01Z",
        "",
        "now",
        "2025-10-24",
        "1729778521",
        "2025-10-24T14:02:01.123456+0",
        "２025-10-24T14:02:01Z"
      })
  void refusesWhatIsNoTime(String written) {
    assertRefused(Entries.MINIMAL.replace("2025-10-24T14:02:01Z", written), DeadLetter.BAD_TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"c\":1.5; \"v\":1; bad_price",
        "\"c\":1.5; \"c\":null; bad_price",
        "\"c\":1.5; \"c\":\"1.5\"; bad_price",
        "\"c\":1.5; \"c\":\"NaN\"; bad_price",
        "\"c\":1.5; \"c\":1e400; bad_price",
        "\"c\":1.5; \"c\":-1e400; bad_price",
        "\"c\":1.5; \"c\":true; bad_price",
        "\"c\":1.5; \"c\":[1.5]; bad_price",
        "\"c\":1.5; \"c\":NaN; malformed",
        "\"c\":1.5; \"c\":Infinity; malformed",
        "\"c\":1.5; \"c\":01; malformed",
        "\"c\":1.5; \"c\":1.; malformed",
        "\"c\":1.5; \"c\":.5; malformed",
        "\"c\":1.5; \"c\":+1; malformed",
        "\"c\":1.5; \"c\":1,; malformed",
        "\"c\":1.5; \"c\":1,\"c\":1; malformed",
        "\"c\":1.5; \"c\":1,\"\\u0063\":1; malformed",
        "\"c\":1.5; \"c\":1,\"price\":1; malformed",
        "\"c\":1.5; \"c\":1,\"v\":1,\"size\":1; malformed",
        "\"c\":1.5; \"c\":1,\"x\":1,\"x\":2; malformed",
        "\"c\":1.5; \"c\":1,\"v\":-1; bad_size",
        "\"c\":1.5; \"c\":1,\"v\":1e999; bad_size",
        "\"c\":1.5; \"c\":1,\"size\":\"7\"; bad_size",
        "\"c\":1.5; \"c\":1,\"h\":1e999; bad_field",
        "\"c\":1.5; \"c\":1,\"o\":\"1\"; bad_field",
        "\"c\":1.5; \"c\":1,\"bid\":\"1\"; bad_field",
        "\"c\":1.5; \"c\":1,\"ask\":-1e999; bad_field",
        "\"c\":1.5; \"c\":1,\"seq\":1.0; bad_field",
        "\"c\":1.5; \"c\":1,\"seq\":\"1\"; bad_field",
        "\"c\":1.5; \"c\":1,\"seq\":9223372036854775808; bad_field",
        "\"c\":1.5; \"c\":1,\"lane\":\"a b\"; bad_field",
        "\"c\":1.5; \"c\":1,\"lane\":5; bad_field",
        "\"c\":1.5; \"c\":1,\"ver\":2; unknown_version",
        "\"c\":1.5; \"c\":1,\"ver\":\"1\"; unknown_version",
        "\"c\":1.5; \"c\":1,\"ver\":1.0; unknown_version",
        "\"c\":1.5; \"c\":1,\"kind\":\"quote\"; unknown_kind",
        "\"c\":1.5; \"c\":1,\"kind\":\"TICK\"; unknown_kind",
        "\"c\":1.5; \"c\":1,\"kind\":1; unknown_kind",
        "\"symbol\":\"SPY\"; \"symbol\":\"\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\" SPY\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\"S|PY\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\"\\u001b[31m\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\"\u0131bm\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\"\u017fpy\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":5; bad_symbol",
        "\"symbol\":\"SPY\"; \"x\":5; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\"\u00d6BB\"; bad_symbol",
        "\"symbol\":\"SPY\"; \"symbol\":\"A2345678901234567890123456789012345678901234567890123456789012345\"; bad_symbol",
        "\"provider\":\"manual\"; \"provider\":\"a|b\"; bad_provider",
        "\"provider\":\"manual\"; \"provider\":\"\"; bad_provider",
        "\"provider\":\"manual\"; \"x\":\"\"; bad_provider",
        "\"provider\":\"manual\"; \"provider\":null; bad_provider",
      })
  void refusesTicksWithTheirReason(String part, String replacement, String reason) {
    assertThat(Entries.MINIMAL).contains(part);

    assertRefused(Entries.MINIMAL.replace(part, replacement), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "5",
        "\"tick\"",
        "{",
        "{}x",
        "{}{}",
        "{\"a\"}",
        "{\"a\":1",
        "nul",
        "{'a':1}",
        "{\"a\":1,}",
        "\uFEFF{}",
        "{\"a\":\"\u0001\"}",
        "{/*c*/}",
        "data"
      })
  void refusesWhatIsNoObject(String text) {
    assertRefused(text, DeadLetter.MALFORMED);
  }

  @Test
  void refusesInvalidUtf8DeepNestingAndSize() {
    byte[] badUtf8 = json(Entries.MINIMAL.replace("\"c\":1.5", "\"c\":1.5,\"x\":\"!\""));
    badUtf8[badUtf8.length - 3] = (byte) 0xC3;
    assertThat(codec.decode(badUtf8)).isNull();
    assertThat(codec.rejection().reason()).isEqualTo(DeadLetter.MALFORMED);
    String deep = "[".repeat(100) + "]".repeat(100);
    assertRefused(
        Entries.MINIMAL.replace("\"c\":1.5", "\"c\":1.5,\"x\":" + deep), DeadLetter.MALFORMED);
    assertRefused(
        Entries.MINIMAL.replace("\"c\":1.5", "\"c\":1." + "5".repeat(2_000)), DeadLetter.MALFORMED);
    assertRefused(Entries.MINIMAL + " ".repeat(EventCodec.MAX_BYTES), DeadLetter.TOO_LARGE);
    assertThat(
            codec.decode(
                json(
                    Entries.MINIMAL + " ".repeat(EventCodec.MAX_BYTES - Entries.MINIMAL.length()))))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"interval\":\"1m\"; \"x\":1; bad_field",
        "\"interval\":\"1m\"; \"interval\":\"soon\"; bad_field",
        "14:02:00Z; 14:02:00.000001Z; bad_time",
        "\"h\":3; \"h\":1; bad_field",
        "\"l\":1; \"l\":3; bad_field",
        "\"o\":2; \"x\":2; bad_field",
        "\"c\":2.5; \"x\":2; bad_price",
        "\"v\":5; \"v\":-5; bad_size",
      })
  void refusesBarsWithTheirReason(String part, String replacement, String reason) {
    String bar =
        """
        {"kind":"bar","provider":"v","symbol":"ES","interval":"1m","o":2,"h":3,"l":1,"c":2.5,"v":5,\
        "src_ts":"2025-10-24T14:02:00Z"}\
        """;
    assertThat(codec.decode(json(bar))).isNotNull();
    assertThat(bar).contains(part);

    assertRefused(bar.replace(part, replacement), reason);
  }

  @Test
  void tellsTheProviderAsFarAsItCan() {
    assertRefused(Entries.MINIMAL.replace("1.5", "\"x\""), DeadLetter.BAD_PRICE);
    assertThat(codec.rejection().provider()).isEqualTo("manual");
    assertRefused(Entries.MINIMAL.substring(0, 40), DeadLetter.MALFORMED);
    assertThat(codec.rejection().provider()).isEqualTo("manual");
    assertRefused("{\"provider\":\"a b\"}", DeadLetter.BAD_PROVIDER);
    assertThat(codec.rejection().provider()).isEqualTo("unknown");
  }

  @Test
  void tellsWhatIsWrongInPrintableWords() {
    assertRefused(
        Entries.MINIMAL.replace("\"SPY\"", "\"\\u001b[31m\\u202e" + "x".repeat(500) + "\""),
        DeadLetter.BAD_SYMBOL);

    assertThat(codec.rejection().detail())
        .startsWith("symbol is '\\u001b[31m\\u202exxx")
        .hasSizeLessThanOrEqualTo(200);
  }

  private void assertRefused(String json, String reason) {
    assertThat(codec.decode(json(json))).as(json).isNull();
    assertThat(codec.rejection().reason()).as(json).isEqualTo(reason);
  }

  private static byte[] json(String text) {
    return Entries.bytes(text);
  }
}

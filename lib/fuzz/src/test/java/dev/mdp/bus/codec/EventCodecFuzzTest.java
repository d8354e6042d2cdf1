package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mdp.core.event.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Whatever bytes come, the two readers agree, nothing is thrown, and what is an event survives the
/// way out and in again.
class EventCodecFuzzTest {
  private static final Set<String> REASONS =
      Set.of(
          "malformed",
          "unknown_version",
          "unknown_kind",
          "bad_provider",
          "bad_symbol",
          "bad_price",
          "bad_size",
          "bad_time",
          "bad_field");

  /// The predicting reader has seen these layouts.
  private static final List<String> LAYOUTS =
      List.of(
          """
          {"ver":1,"provider":"ibkr_primary","symbol":"SPY","kind":"tick","interval":"1s",\
          "src_ts":"2025-10-24T14:02:01.234567Z","ingest_ts":"2025-10-24T14:02:01.300000Z",\
          "o":425.1,"h":425.2,"l":425.0,"c":425.15,"v":1200,"seq":183,"event_id":"x"}\
          """,
          "{\"provider\":\"m\",\"symbol\":\"SPY\",\"src_ts\":\"2025-10-24T14:02:01Z\",\"c\":1.5}",
          "{\"c\": 1, \"lane\": \"r\", \"symbol\": \"A/B\", \"provider\": \"p\", \"bid\": 1.0,"
              + " \"ask\": 2, \"seq\": -1, \"src_ts\": \"2025-10-24T14:02:01+02:00\"}");

  @FuzzTest(maxDuration = "10m")
  void theReadersAgree(byte[] data) {
    EventCodec predicting = new EventCodec();
    LAYOUTS.forEach(layout -> predicting.decode(layout.getBytes(StandardCharsets.UTF_8)));
    EventCodec reference = new EventCodec();

    MarketEvent event = predicting.decode(data);

    if (data.length <= EventCodec.MAX_BYTES) {
      assertThat(event).isEqualTo(reference.decodeByReference(data, 0, data.length));
    }
    if (event == null) {
      Rejection why = predicting.rejection();
      assertThat(why.reason()).isIn(REASONS);
      assertThat(why.detail().length()).isLessThanOrEqualTo(200);
      assertThat(why.detail().chars().noneMatch(Character::isISOControl)).isTrue();
    } else {
      byte[] encoded = reference.encode(event);
      assertThat(predicting.decode(encoded)).isEqualTo(event);
      assertThat(reference.decodeByReference(encoded, 0, encoded.length)).isEqualTo(event);
    }
  }
}

package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers that are finite, but that cannot be summed, multiplied, stored and computed again.
class MagnitudeTest {
  private static final String TICK =
      "{\"provider\":\"p\",\"symbol\":\"SPY\",\"src_ts\":\"2026-01-05T14:30:00Z\",\"c\":%s,\"v\":%s,\"bid\":%s,\"ask\":%s,\"seq\":%s}";
  private static final String BAR =
      "{\"provider\":\"p\",\"symbol\":\"SPY\",\"kind\":\"bar\",\"interval\":\"1m\",\"src_ts\":\"2026-01-05T14:30:00Z\",\"o\":%s,\"h\":%s,\"l\":%s,\"c\":%s,\"v\":%s,\"seq\":%s}";

  private final EventCodec codec = new EventCodec();

  @ParameterizedTest
  @CsvSource({
    "1e101, 1, 1, 1, 0, " + DeadLetter.BAD_PRICE,
    "-1e200, 1, 1, 1, 0, " + DeadLetter.BAD_PRICE,
    "9.999999999999999e-101, 1, 1, 1, 0, " + DeadLetter.BAD_PRICE,
    "-1e-200, 1, 1, 1, 0, " + DeadLetter.BAD_PRICE,
    "4.9e-324, 1, 1, 1, 0, " + DeadLetter.BAD_PRICE,
    "1e-400, 1, 1, 1, 0, " + DeadLetter.BAD_PRICE, // a double of 0, but not written as one
    "0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001, 1, 1, 1, 0, "
        + DeadLetter.BAD_PRICE,
    "1, 1e200, 1, 1, 0, " + DeadLetter.BAD_SIZE,
    "1, 1e-101, 1, 1, 0, " + DeadLetter.BAD_SIZE,
    "1, 1e-400, 1, 1, 0, " + DeadLetter.BAD_SIZE,
    "1, 1, 1e-101, 1, 0, " + DeadLetter.BAD_FIELD,
    "1, 1, 1, -1e-101, 0, " + DeadLetter.BAD_FIELD,
    "1, 1, 1, 1, -9223372036854775808, " + DeadLetter.BAD_FIELD
  })
  void aTickThatCouldNotBeComputedAgainIsRefusedOnEveryPath(
      String price, String size, String bid, String ask, String seq, String reason) {
    byte[] entry = bytes(TICK.formatted(price, size, bid, ask, seq));

    assertThat(codec.decode(entry)).isNull();
    assertThat(Objects.requireNonNull(codec.rejection()).reason()).isEqualTo(reason);
    assertThat(codec.decode(bytes(TICK.formatted("1.5", "2", "1", "2", "7")))).isNotNull();
    assertThat(codec.decode(entry)).as("where the layout is known").isNull();
    assertThat(Objects.requireNonNull(codec.rejection()).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-101, 1, 1e-101, 1, 1, 0",
    "1, 1, -1e-101, 1, 1, 0",
    "-1, 1e-101, -1, -1, 1, 0",
    "1, 1, 1, 1, 1e-101, 0",
    "1, 1, 1, 1, 1, -9223372036854775808"
  })
  void soIsABar(String open, String high, String low, String close, String volume, String seq) {
    assertThat(codec.decode(bytes(BAR.formatted(open, high, low, close, volume, seq)))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-100", "-1e-100", "1e100", "-1e100", "0", "-0.0", "0e-400", "0.000e5"})
  void theLimitsAndZeroAreAccepted(String price) {
    Tick tick =
        (Tick)
            Objects.requireNonNull(
                codec.decode(bytes(TICK.formatted(price, "0", "1", "2", "-9223372036854775807"))));

    assertThat(tick.price()).isEqualTo(Double.parseDouble(price) + 0.0);
    assertThat(tick.seq()).isEqualTo(-Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-101, 1, 0",
    "1, 1e-320, 0",
    "NaN, 1, 0",
    "1e101, 1, 0",
    "1, 1, -9223372036854775808"
  })
  void noProducerWritesWhatTheReaderRefuses(double price, double size, long seq) {
    Tick tick =
        new Tick("p", "", Symbol.of("SPY"), 0, seq, price, size, Tick.ABSENT, Tick.ABSENT, 0);

    assertThatThrownBy(() -> codec.encode(tick)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}

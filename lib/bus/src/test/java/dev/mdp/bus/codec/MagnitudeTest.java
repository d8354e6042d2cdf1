package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers that are finite, but whose sums and products would not be.
class MagnitudeTest {
  @ParameterizedTest
  @CsvSource({
    "1e101, 1, " + DeadLetter.BAD_PRICE,
    "-1e200, 1, " + DeadLetter.BAD_PRICE,
    "1, 1e200, " + DeadLetter.BAD_SIZE
  })
  void aNumberThatCouldOverflowASumIsRefused(String price, String size, String reason) {
    EventCodec codec = new EventCodec();
    String entry =
        "{\"provider\":\"p\",\"symbol\":\"SPY\",\"src_ts\":\"2026-01-05T14:30:00Z\",\"c\":%s,\"v\":%s}"
            .formatted(price, size);

    assertThat(codec.decode(entry.getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(Objects.requireNonNull(codec.rejection()).reason()).isEqualTo(reason);
  }
}

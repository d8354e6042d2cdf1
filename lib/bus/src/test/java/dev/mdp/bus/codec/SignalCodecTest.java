package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalCodecTest {
  private final SignalCodec codec = new SignalCodec();

  @Test
  void aSignalHasTheContractsShapeAndComesBack() {
    Signal signal =
        new Signal(
            "p",
            Symbol.of("SPY"),
            Micros.parse("2025-10-24T14:00:02Z"),
            "high",
            1,
            OptionalDouble.of(0.25),
            Map.of("side", "buy", "level", 3.5, "live", true));

    byte[] wire = codec.encode(signal);

    assertThat(new String(wire, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"ver\":1,\"provider\":\"p\",\"symbol\":\"SPY\",\"ts\":\"2025-10-24T14:00:02.000000Z\",\"name\":\"high\","
                + "\"value\":1.0,\"score\":0.25,\"meta\":{\"level\":3.5,\"live\":true,\"side\":\"buy\"}}");
    assertThat(codec.decode(wire)).contains(signal);
  }

  @Test
  void aSignalWithoutAScoreHasNone() {
    Signal signal = new Signal("p", Symbol.of("SPY"), 0, "n", -1, OptionalDouble.empty(), Map.of());

    assertThat(codec.decode(codec.encode(signal))).contains(signal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"provider\":1}",
        "{\"provider\":\"p\",\"symbol\":\"|\",\"ts\":\"2025-10-24T14:00:02Z\",\"name\":\"n\",\"value\":1}",
        "{\"provider\":\"p\",\"symbol\":\"S\",\"ts\":\"yesterday\",\"name\":\"n\",\"value\":1}",
        "{\"provider\":\"p\",\"symbol\":\"S\",\"ts\":\"2025-10-24T14:00:02Z\",\"name\":\"n\",\"value\":1e999}"
      })
  void whatIsNoSignalIsNone(String wire) {
    assertThat(codec.decode(wire.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}

package dev.mdp.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import dev.mdp.testkit.property.Property;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoMicrosTest {
  private final IsoMicros times = new IsoMicros();

  @ParameterizedTest
  @CsvSource({
    "2021-04-17T16:43:30.244075Z, 2021-04-17T16:43:30.244075Z",
    "2021-04-17T16:43:30Z, 2021-04-17T16:43:30.000000Z",
    "2021-04-17T16:43:30.5Z, 2021-04-17T16:43:30.500000Z",
    "2021-04-17T16:43:30.999999999Z, 2021-04-17T16:43:30.999999Z",
    "2021-04-17T18:43:30.244075+02:00, 2021-04-17T16:43:30.244075Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59.999999Z"
  })
  void aTimeIsTruncatedToMicroseconds(String text, String expected) {
    assertThat(parse(text)).isEqualTo(Micros.parse(expected));
    assertThat(parse(text)).as("again, with its minute known").isEqualTo(Micros.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "1688669597",
        "2021-04-17",
        "2021-04-17T16:43:30",
        "2021-04-17T16:43:61Z",
        "2021-13-17T16:43:30Z",
        "2021-04-17T16:43:30.1234567890Z",
        "2021-04-17T16:43:3xZ",
        "2021-04-17T16:43:30.24x075Z",
        "2021-04-17T16:43:30x244075Z",
        "2021-04-17T16:43:1Z",
        "1821-04-17T16:43:30Z",
        "2321-04-17T16:43:30Z"
      })
  void whatIsNotATimeOfOursIsNone(String text) {
    assertThat(parse("2021-04-17T16:43:30.244075Z")).isPositive();
    assertThat(parse(text)).isEqualTo(CharNumbers.NO_TIME);
  }

  @Test
  void anUnknownMinuteIsNotTakenForOneThatIsRemembered() {
    assertThat(parse("\0".repeat(17) + "08Z")).isEqualTo(CharNumbers.NO_TIME);
  }

  @Test
  void everyTimeIsReadAsTheReferenceReadsIt() {
    Property.check(
        2_000,
        choices -> {
          IsoMicros parser = new IsoMicros();
          Instant time =
              Instant.ofEpochSecond(
                  choices.nextLong(4_000_000_000L), choices.nextLong(1_000_000_000L));
          for (int i = 0; i < 5; i++) {
            time = time.plusNanos(choices.nextLong(40_000_000_000L));
            String text = choices.show("time", time.toString());

            long micros = parser.parse(text.toCharArray(), 0, text.length());

            assertThat(micros).isEqualTo(Micros.of(time));
          }
        });
  }

  private long parse(String text) {
    return times.parse(("1" + text + "1").toCharArray(), 1, text.length());
  }
}

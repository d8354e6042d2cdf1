package dev.mdp.providers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Micros;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1761314521, S, 2025-10-24T14:02:01.000000Z",
    "1761314521.2345678, S, 2025-10-24T14:02:01.234567Z",
    "1761314521234, MS, 2025-10-24T14:02:01.234000Z",
    "1761314521234567, US, 2025-10-24T14:02:01.234567Z",
    "1761314521999999999, NS, 2025-10-24T14:02:01.999999Z",
    "2025-10-24T14:02:01.9999997Z, ISO, 2025-10-24T14:02:01.999999Z",
    "2025-10-24T16:02:01+02:00, ISO, 2025-10-24T14:02:01.000000Z",
    "2025-10-24 14:02:01.5+00:00, ISO, 2025-10-24T14:02:01.500000Z",
    "-1.5, S, 1969-12-31T23:59:58.500000Z"
  })
  void readsEveryUnit(String text, TimeUnitName unit, String expected) {
    assertThat(Micros.format(EventTime.parse(text, unit, PlausibleTimes.ALL))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1761314521234; S; '1761314521234' s is not a time between 1900 and 2200, as ms it is 2025-10-24T14:02:01.234000Z, as us it is 1970-01-21T09:15:14.521234Z, as ns it is 1970-01-01T00:29:21.314521Z: set unit: ms",
        "1761314521234567890; MS; '1761314521234567890' ms is not a time between 1900 and 2200, as ns it is 2025-10-24T14:02:01.234567Z: set unit: ns",
        "1e99; S; '1e99' s is not a time between 1900 and 2200",
        "abc; MS; not a number: 'abc'",
        "2025-10-24T14:02:01Z; MS; not a number: '2025-10-24T14:02:01Z' (is the unit iso?)",
        "2025-10-24T14:02:01; ISO; not an RFC 3339 time with offset: '2025-10-24T14:02:01' (want 2025-10-24T14:02:01.5Z)",
        "1761314521; ISO; not an RFC 3339 time with offset: '1761314521' (want 2025-10-24T14:02:01.5Z), as s it is 2025-10-24T14:02:01.000000Z, as ms it is 1970-01-21T09:15:14.521000Z, as us it is 1970-01-01T00:29:21.314521Z, as ns it is 1970-01-01T00:00:01.761314Z: set unit: s",
        "2300-01-01T00:00:00Z; ISO; '2300-01-01T00:00:00Z' is not a time between 1900 and 2200"
      },
      quoteCharacter = '~')
  void saysWhatIsWrongAndWhatToDo(String text, TimeUnitName unit, String message) {
    assertThatThrownBy(() -> EventTime.parse(text, unit, PlausibleTimes.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aTimeOfHugePrecisionIsReadInAMoment() {
    assertThat(EventTime.parse("1761314521." + "1".repeat(60), TimeUnitName.S, PlausibleTimes.ALL))
        .isEqualTo(1_761_314_521_111_111L);
  }
}

package dev.mdp.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @Test
  void aWeekBeginsOnMondayInUtc() {
    Interval week = Interval.parse("1w");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long time = random.nextLong(Micros.MIN, Micros.MAX);
      Instant monday =
          Micros.instant(time)
              .atZone(ZoneOffset.UTC)
              .toLocalDate()
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();

      assertThat(Micros.instant(week.start(time))).isEqualTo(monday);
      assertThat(week.end(time)).isEqualTo(week.start(time) + week.micros());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1w, 2025-10-24T14:02:01Z, 2025-10-20T00:00:00Z",
    "2w, 2025-10-24T14:02:01Z, 2025-10-13T00:00:00Z",
    "1d, 2025-10-24T14:02:01Z, 2025-10-24T00:00:00Z",
    "8d, 1970-01-09T00:00:00Z, 1970-01-09T00:00:00Z",
    "1w, 1970-01-04T23:59:59Z, 1969-12-29T00:00:00Z",
    "1w, 1970-01-05T00:00:00Z, 1970-01-05T00:00:00Z"
  })
  void windowsBegin(String interval, Instant time, Instant start) {
    assertThat(Micros.instant(Interval.parse(interval).start(Micros.of(time)))).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    "7d, 1w",
    "14d, 2w",
    "168h, 1w",
    "10080m, 1w",
    "604800s, 1w",
    "604800000ms, 1w",
    "364d, 52w"
  })
  void weeksInAnotherUnitAreRefusedWithTheWeek(String text, String weeks) {
    assertThatThrownBy(() -> Interval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("Thursday")
        .hasMessageContaining("write " + weeks + ", which begins on Monday");
    assertThat(Interval.parseLength(text)).isEqualTo(Interval.parse(weeks)).hasToString(weeks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"53w", "0w", "w", "1W", "-1w"})
  void whatIsNoLengthIsRefused(String text) {
    assertThatThrownBy(() -> Interval.parse(text)).hasMessageContaining("d or w, at most 366d");
  }

  @ParameterizedTest
  @CsvSource({
    "1w, 1d, true",
    "1w, 1h, true",
    "2w, 1w, true",
    "1w, 84h, false",
    "1w, 2d, false",
    "1w, 4d, false",
    "1d, 1w, false",
    "1m, 1m, false",
    "1m, 2s, true",
    "3m, 2m, false"
  })
  void windowsAreMadeOfOthersThatBeginWhereTheyDo(String longer, String shorter, boolean made) {
    assertThat(Interval.parse(longer).isMadeOf(Interval.parse(shorter))).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource({
    "1w, 1d, 1d",
    "1w, 84h, 12h",
    "2w, 3w, 1w",
    "1w, 2w, 1w",
    "4s, 6s, 2s",
    "1w, 8d, 1d",
    "1w, 2s, 2s"
  })
  void aDivisorsWindowsDivideAll(String left, String right, String divisor) {
    Interval first = Interval.parse(left);
    Interval second = Interval.parse(right);
    Interval found = Interval.divisor(List.of(first, second), List.of());

    assertThat(found).hasToString(divisor);
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 1_000; i++) {
      long time = random.nextLong(Micros.MIN, Micros.MAX);
      for (Interval each : List.of(first, second)) {
        assertThat(found.start(each.start(time))).isEqualTo(each.start(time));
      }
    }
  }

  @Test
  void aLengthHasNoBeginning() {
    Interval every = Interval.parse("84h");
    Interval horizon = Interval.parseLength("7d");

    assertThat(Interval.divisor(List.of(every), List.of(horizon))).isEqualTo(every);
    assertThat(Interval.divisor(List.of(Interval.parse("1w")), List.of(every))).hasToString("12h");
    assertThat(Interval.divisor(List.of(Interval.parse("1w")), List.of(horizon))).hasToString("1w");
  }
}

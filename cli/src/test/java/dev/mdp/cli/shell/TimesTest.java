package dev.mdp.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.cli.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "2025-10-24T14:02:01.25Z, 2025-10-24T14:02:01.250Z",
    "2025-10-24T14:02:01+02:00, 2025-10-24T12:02:01Z",
    "2025-10-24T14:02, 2025-10-24T14:02:00Z",
    "2025-10-24 14:02:01, 2025-10-24T14:02:01Z",
    "2025-10-24, 2025-10-24T00:00:00Z",
    "1761314400, 2025-10-24T14:00:00Z",
    "1761314400123, 2025-10-24T14:00:00.123Z",
    "now, 2025-10-24T14:00:00Z",
    "2h, 2025-10-24T12:00:00Z",
    "90d, 2025-07-26T14:00:00Z"
  })
  void everyFormIsRead(String text, Instant expected) {
    assertThat(Times.parse("--from", text, Run.NOW, ZoneOffset.UTC)).isEqualTo(expected);
  }

  @Test
  void aDurationMayBeLongerThanAnyWindow() {
    assertThat(Durations.parse("730d")).isEqualTo(java.time.Duration.ofDays(730));
    assertThat(Durations.parse("500ms")).isEqualTo(java.time.Duration.ofMillis(500));
  }

  @Test
  void timesWithoutAnOffsetAreInTheZone() {
    assertThat(Times.parse("--from", "2025-10-24", Run.NOW, ZoneId.of("America/New_York")))
        .isEqualTo("2025-10-24T04:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "2025-13-01", "2x", "0s", "", "24.10.2025", "9999-01-01", "open"})
  void anythingElseNamesTheOption(String text) {
    assertThatThrownBy(() -> Times.parse("--to", text, Run.NOW, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--to: ");
  }

  @Test
  void aRangeMustNotBeEmptyOrBackwards() {
    assertThatThrownBy(() -> new TimeRange(Run.NOW, Run.NOW))
        .hasMessageContaining("--from must be before --to");
    assertThat(new TimeRange(Run.NOW.minusSeconds(1), Run.NOW))
        .hasToString("[2025-10-24T13:59:59Z, 2025-10-24T14:00:00Z)");
  }

  @Test
  void durationsHaveAUnit() {
    assertThat(Durations.parse("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Durations.parse("0")).isZero();
    assertThatThrownBy(() -> Durations.parse("30"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("e.g. 30s");
  }
}

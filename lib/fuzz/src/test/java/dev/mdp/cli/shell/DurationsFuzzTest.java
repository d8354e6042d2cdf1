package dev.mdp.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mdp.core.event.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/// A text is a duration with one canonical text, or it is refused.
class DurationsFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void aTextIsADurationOrRefused(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    Duration duration;
    try {
      duration = Durations.parse(text);
    } catch (TypeConversionException e) {
      return;
    }
    assertThat(duration).isBetween(Duration.ZERO, Duration.ofDays(366));
    if (!duration.isZero()) {
      Interval interval = Interval.parse(text);
      assertThat(interval.duration()).isEqualTo(duration);
      assertThat(Interval.parse(interval.toString())).isEqualTo(interval);
    }
  }
}

package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | PT2M",
        " 7  | PT7S",
        "0 | PT1S",
        "99999999999999999999 | P7D",
        "Mon, 2 Mar 2026 14:05:00 GMT | PT5M",
        "Mon, 2 Mar 2026 13:00:00 GMT | PT1S",
        "Tue, 2 Mar 2026 14:05:00 GMT | PT1M",
        "Wed, 2 Mar 2033 13:00:00 GMT | P7D",
        "soon | PT1M",
        "-5 | PT1M",
        "'' | PT1M",
      })
  void isReadInSecondsOrAsADate(String header, Duration expected) {
    assertThat(RetryAfter.of(headers(header), NOW)).isEqualTo(expected);
  }

  @Test
  void isAMinuteWithoutAHeader() {
    HttpHeaders none = HttpHeaders.of(Map.of(), (_, _) -> true);

    assertThat(RetryAfter.of(none, NOW)).isEqualTo(Duration.ofMinutes(1));
  }

  private static HttpHeaders headers(String retryAfter) {
    return HttpHeaders.of(Map.of("retry-after", List.of(retryAfter)), (_, _) -> true);
  }
}

package dev.mdp.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void theLinesOfAMessageAreTakenApart() {
    String message =
        """
        c.yaml:2:3: unknown key 'alow_late_ms' — did you mean 'allow_late_ms'?
            alow_late_ms: 5
            ^
        configs/r.yaml:1:46: rules[0].signal: want a number
        store.url: nothing answers at 127.0.0.1:1: refused
        no such file: nope.yaml
        """;

    assertThat(Problem.of(message))
        .containsExactly(
            new Problem(
                "c.yaml",
                2,
                3,
                "alow_late_ms",
                "unknown key 'alow_late_ms' — did you mean 'allow_late_ms'?"),
            new Problem("configs/r.yaml", 1, 46, "rules[0].signal", "want a number"),
            new Problem("", 0, 0, "store.url", "nothing answers at 127.0.0.1:1: refused"),
            new Problem("", 0, 0, "", "no such file: nope.yaml"));
  }

  @Test
  void anErrorKeepsWhatItIsMadeOf() {
    Problem part = new Problem("c.yaml", 1, 1, "ticks.size", "too small");
    ConfigException error = new ConfigException("c.yaml:1:1: too small");
    assertThat(error.problems()).extracting(Problem::key).containsExactly("");

    error.madeOf(List.of(part));

    assertThat(error.problems()).containsExactly(part);
  }
}

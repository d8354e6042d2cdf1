package dev.mdp.bench.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NemesisOptionsTest {
  @Test
  void nothingGivenMeansThreeMinutesOfEverything() {
    NemesisOptions options = parse();

    assertThat(options.faults()).isZero();
    assertThat(options.time()).isEqualTo(Duration.ofMinutes(3));
    assertThat(options.kinds()).containsExactly(FaultKind.values());
  }

  @Test
  void theFaultsCanBeChosen() {
    assertThat(parse("--only", "kill,lost-xadd", "--faults", "1000", "--seed", "7"))
        .satisfies(options -> {
          assertThat(options.kinds()).containsExactly(FaultKind.KILL, FaultKind.XADD);
          assertThat(options.faults()).isEqualTo(1_000);
          assertThat(options.seed()).isEqualTo(7);
        });
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> parse("--only", "kil"))
        .hasMessageContaining("no fault 'kil'")
        .hasMessageContaining("flushall");
    assertThatThrownBy(() -> parse("--faults", "0")).hasMessageContaining("--faults must be");
    assertThatThrownBy(() -> parse("--for", "3")).hasMessageContaining("--for wants a time");
    assertThatThrownBy(() -> parse("--seed")).hasMessageContaining("--seed wants a value");
    assertThatThrownBy(() -> parse("--what")).hasMessageContaining("'--what'");
  }

  private static NemesisOptions parse(String... arguments) {
    return NemesisOptions.parse(arguments);
  }
}

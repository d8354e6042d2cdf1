package dev.mdp.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void nothingGivenMeansAllParts() {
    Options options = Options.parse(new String[0]);

    assertThat(options.parts()).isEqualTo(EnumSet.allOf(Options.Part.class));
    assertThat(options.rounds()).isEqualTo(5);
  }

  @Test
  void memoryIsMeasuredWithTheReplay() {
    assertThat(Options.parse(new String[] {"d"}).parts()).containsExactly(Options.Part.A);
  }

  @Test
  void aNumberOutOfRangeIsRefusedWithItsName() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--rounds", "0"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--rounds must be from 1 to 1000, was 0");
    assertThatThrownBy(() -> Options.parse(new String[] {"--events"}))
        .hasMessageContaining("--events wants a number");
    assertThatThrownBy(() -> Options.parse(new String[] {"z"})).hasMessageContaining("'z'");
    assertThatThrownBy(() -> Options.parse(new String[] {"f", "--rate", "7"}))
        .hasMessageContaining("--rate must be one of");
  }
}

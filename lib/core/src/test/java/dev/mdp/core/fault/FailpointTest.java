package dev.mdp.core.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailpointTest {
  @Test
  void aPlaceIsNamedWithItsPass() {
    assertThat(Failpoint.Trap.parse("mid-copy:3"))
        .isEqualTo(new Failpoint.Trap(Failpoint.MID_COPY, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mid-copy", "mid-copy:0", "mid-copy:x", "nowhere:1", "mid-copy:1:1", ":"})
  void anythingElseIsRefusedWithAllNames(String text) {
    assertThatThrownBy(() -> Failpoint.Trap.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("-Dmdp.failpoint=" + text + ": want NAME:N")
        .hasMessageContaining("produce-after-publish");
  }

  @Test
  void withoutThePropertyAPlaceIsPassed() {
    assertThat(Failpoint.isSet()).isFalse();
    Failpoint.MID_COPY.pass();
    Failpoint.requireValid();
  }
}

package dev.mdp.bench.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneTrailTest {
  private static final long NEVER = Long.MIN_VALUE;
  private final LaneTrail trail = new LaneTrail(1, "p", "2s");

  @Test
  void aLaneThatOnlyGoesOnGivesNothingUp() {
    trail.add(100, 80, NEVER, false);
    trail.add(130, 100, NEVER, false);

    assertThat(trail.end()).isEmpty();
    assertThat(trail.wentBack()).isEmpty();
  }

  @Test
  void afterALossWhatWasNotSealedUpToTheNewBeginningIsGivenUp() {
    trail.add(3_000_000, 2_000_000, NEVER, false);
    trail.add(3_000_000, 4_000_000, NEVER, true); // sealed past the watermark: a loss was accepted
    trail.add(3_500_000, 4_000_000, 4_000_000, true);
    trail.add(9_000_000, 8_000_000, 4_000_000, true);

    assertThat(trail.end()).containsExactly(new Versions.Gap(1, "p", "2s", 2_000_000, 4_000_000));
    assertThat(trail.wentBack()).isEmpty();
  }

  @Test
  void windowSealedUnwrittenByALossAndClaimedLaterIsAFinding() {
    trail.add(5_000_000, 2_000_000, NEVER, false);
    trail.add(9_000_000, 6_000_000, 4_000_000, true);

    assertThat(trail.end()).containsExactly(new Versions.Gap(1, "p", "2s", 2_000_000, 4_000_000));
    assertThat(trail.wentBack()).singleElement().asString().contains("before its watermark");
  }

  @Test
  void aLaneThatBeginsAgainLaterIsGivenUpUntilThen() {
    trail.add(100, 80, NEVER, false);
    trail.add(7_000_000, 2_000_000, 8_000_000, true);

    assertThat(trail.end()).containsExactly(new Versions.Gap(1, "p", "2s", 80, 8_000_000));
  }

  @Test
  void withoutATickAfterTheLossTheGapStaysOpen() {
    trail.add(100, 80, NEVER, false);
    trail.add(100, 110, NEVER, true);

    assertThat(trail.end()).containsExactly(new Versions.Gap(1, "p", "2s", 80, Long.MAX_VALUE));
  }

  @Test
  void aNewBeginningWithoutALossIsAFinding() {
    trail.add(3_000_000, 2_000_000, NEVER, false);
    trail.add(5_000_000, 2_000_000, 6_000_000, false);

    assertThat(trail.wentBack()).singleElement().asString().contains("though its log was whole");
  }

  @Test
  void aWatermarkThatGoesBackIsAFinding() {
    trail.add(100, 80, NEVER, false);
    trail.add(99, 80, NEVER, true);

    assertThat(trail.wentBack()).singleElement().asString().contains("watermark 100 to 99");
  }
}

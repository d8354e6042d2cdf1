package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingLimitTest {
  private record Spent(long at, int weight) {}

  @Test
  void noRollingWindowEverHoldsMore() {
    Property.check(
        2_000,
        choices -> {
          int most = choices.show("most", 1 + choices.nextInt(30));
          long window = choices.show("window", 1 + choices.nextLong(1_000));
          RollingLimit limit = new RollingLimit(most, Duration.ofNanos(window));
          List<Spent> spent = new ArrayList<>();
          long now = 0;
          int tries = choices.nextInt(200);
          for (int i = 0; i < tries; i++) {
            int weight = 1 + choices.nextInt(most);
            long wait = limit.take(now, weight);
            if (wait == 0) {
              spent.add(new Spent(now, weight));
            }
            // sometimes exactly when it may, sometimes too early or later
            now += choices.nextBoolean() ? wait : choices.nextLong(window + 2);
          }
          choices.show("spent", spent);
          for (Spent end : spent) {
            int sum = 0;
            for (Spent each : spent) {
              sum += each.at <= end.at && each.at >= end.at - window ? each.weight : 0;
            }
            assertThat(sum).isLessThanOrEqualTo(most);
          }
        });
  }

  @Test
  void whatItSaysToWaitIsEnoughAndNotTooMuch() {
    Property.check(
        1_000,
        choices -> {
          int most = choices.show("most", 1 + choices.nextInt(20));
          long window = choices.show("window", 1 + choices.nextLong(1_000));
          RollingLimit limit = new RollingLimit(most, Duration.ofNanos(window));
          long now = 0;
          for (int i = 0; i < 50; i++) {
            int weight = 1 + choices.nextInt(most);
            long wait = limit.take(now, weight);
            assertThat(wait).isLessThanOrEqualTo(2 * window + 1 + most);
            if (wait > 1) {
              assertThat(limit.take(now + wait - 1, weight)).isEqualTo(1);
            }
            now += wait;
            assertThat(wait == 0 ? 0 : limit.take(now, weight)).isZero();
          }
        });
  }

  @Test
  void isSpacedInsteadOfABurst() {
    RollingLimit limit = new RollingLimit(5, Duration.ofNanos(1_000));

    assertThat(limit.take(0, 1)).isZero();
    assertThat(limit.take(0, 1)).isEqualTo(200);
    assertThat(limit.take(150, 1)).isEqualTo(50);
    assertThat(limit.take(200, 2)).isZero();
    assertThat(limit.take(200, 1)).isEqualTo(400);
  }

  @Test
  void isSpentAtTheFullRateInTheLongRun() {
    RollingLimit limit = new RollingLimit(6_000, Duration.ofMinutes(1));
    long end = Duration.ofHours(1).toNanos();
    long taken = 0;

    for (long now = 0; now < end; ) {
      long wait = limit.take(now, 25);
      taken += wait == 0 ? 25 : 0;
      now += wait;
    }

    assertThat(taken).isBetween(359_000L, 360_025L);
  }

  @Test
  void countsWhatWasNotAskedFor() {
    RollingLimit limit = new RollingLimit(3, Duration.ofNanos(900));
    limit.note(0, 1);
    limit.note(10, 1);

    assertThat(limit.take(20, 1)).isZero();
    assertThat(limit.take(320, 1)).isEqualTo(581);
    assertThat(limit.take(901, 1)).isZero();
  }

  @Test
  void refusesWhatNeverFits() {
    assertThatThrownBy(() -> new RollingLimit(0, Duration.ofSeconds(1)))
        .hasMessage("not a limit: 0 in PT1S");
    assertThatThrownBy(() -> new RollingLimit(1, Duration.ZERO))
        .hasMessage("not a limit: 1 in PT0S");
    assertThatThrownBy(() -> new RollingLimit(20, Duration.ofSeconds(1)).take(0, 25))
        .hasMessage("a request of weight 25 does not fit in a limit of 20");
  }
}

package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPaceTest {
  private static final double MINUTE = 60;

  /// Requests travel at most this much longer than others, besides what a grant may lie.
  private static final double TRAVEL = 1.5;

  private record Spent(double at, int weight) {}

  @Test
  void noMinuteWhereverItBeginsTakesMoreThanTheLimit() {
    Property.check(
        400,
        choices -> {
          int limit = choices.show("limit", choices.nextInt(1, 7_000));
          int heaviest = choices.show("heaviest", choices.nextInt(1, limit + 1));
          List<Spent> spent = spend(choices, new RequestPace(limit), heaviest);

          assertThat(mostInAMinute(spent)).isLessThanOrEqualTo(limit);
        });
  }

  /// As the database grants it, whoever asks: each grant as early as it may be, or after a pause,
  /// and spent in parts.
  private static List<Spent> spend(Choices choices, RequestPace pace, int heaviest) {
    List<Spent> spent = new ArrayList<>();
    double now = 0;
    double freeAt = 0;
    for (int i = 0; i < 300; i++) {
      int weight = choices.nextInt(1, heaviest + 1);
      int grant = pace.grant(weight);
      double pause = choices.onceIn(40) ? choices.nextInt(90) : 0;
      now = Math.max(now, freeAt + pace.leadSeconds(grant)) + pause;
      freeAt = now + pace.costSeconds(grant);
      for (int left = grant; left > 0; left -= weight) {
        double late = choices.nextDouble() * (RequestPace.LIFE.toMillis() / 1_000.0 + TRAVEL);
        spent.add(new Spent(now + late, Math.min(weight, left)));
      }
    }
    spent.sort(Comparator.comparingDouble(Spent::at));
    return spent;
  }

  private static long mostInAMinute(List<Spent> spent) {
    long most = 0;
    long sum = 0;
    int first = 0;
    for (Spent each : spent) {
      sum += each.weight;
      while (spent.get(first).at <= each.at - MINUTE) {
        sum -= spent.get(first++).weight;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"6000,25", "6000,1", "480,1", "60,1", "20,1", "1,1"})
  void nearlyAllOfTheLimitCanBeUsed(int limit, int weight) {
    RequestPace pace = new RequestPace(limit);
    int grant = pace.grant(weight);

    double perMinute =
        grant / weight * weight / (pace.costSeconds(grant) + pace.leadSeconds(grant)) * MINUTE;

    assertThat(perMinute).isBetween(0.93 * limit, 1.0 * limit);
  }

  @Test
  void aGrantIsHalfASecondsShareOrWhatIsNeeded() {
    RequestPace pace = new RequestPace(6_000);

    assertThat(pace.grant(1)).isEqualTo(50);
    assertThat(pace.grant(51)).isEqualTo(51);
    assertThat(new RequestPace(60).grant(1)).isEqualTo(1);
  }

  @Test
  void whatTheLimitNeverAllowsIsRefused() {
    RequestPace pace = new RequestPace(20);

    assertThatThrownBy(() -> pace.grant(21)).hasMessage("a request of weight 21, of 20 a minute");
    assertThatThrownBy(() -> pace.grant(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RequestPace(0)).isInstanceOf(IllegalArgumentException.class);
  }
}

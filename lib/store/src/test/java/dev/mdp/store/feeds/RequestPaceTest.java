package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.feed.RequestLimit;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPaceTest {
  /// Requests travel at most this much longer than others, besides what a grant may lie.
  private static final double TRAVEL = 1.5;

  private record Spent(double at, int weight) {}

  @Test
  void noWindowWhereverItBeginsTakesMoreThanTheLimit() {
    Property.check(
        400,
        choices -> {
          int limit = choices.show("limit", choices.nextInt(1, 7_000));
          int seconds = choices.show("seconds", choices.onceIn(2) ? 60 : choices.nextInt(1, 601));
          int heaviest = choices.show("heaviest", choices.nextInt(1, limit + 1));
          int liveOnceIn = choices.show("live once in", choices.nextInt(1, 20));
          RequestPace pace = pace(limit, seconds);
          List<Spent> spent = spend(choices, pace, heaviest, liveOnceIn);

          assertThat(mostIn(seconds, spent)).isLessThanOrEqualTo(limit);
        });
  }

  /// As the database grants it, whoever asks: each grant as early as it may be, or after a pause,
  /// those of refills spent in parts.
  private static List<Spent> spend(
      Choices choices, RequestPace pace, int heaviest, int liveOnceIn) {
    List<Spent> spent = new ArrayList<>();
    double now = 0;
    double freeAt = 0;
    for (int i = 0; i < 300; i++) {
      int weight = choices.nextInt(1, heaviest + 1);
      boolean live = choices.onceIn(liveOnceIn);
      int grant = live ? weight : pace.grant(weight);
      double lead = pace.leadSeconds(grant) - (live ? pace.headStartSeconds() : 0);
      double pause = choices.onceIn(40) ? choices.nextInt(90) : 0;
      now = Math.max(now, freeAt + lead) + pause;
      freeAt = Math.max(freeAt, now) + pace.costSeconds(grant);
      for (int left = grant; left > 0; left -= weight) {
        double kept = live ? 0 : RequestPace.LIFE.toMillis() / 1_000.0;
        double late = choices.nextDouble() * (kept + TRAVEL);
        spent.add(new Spent(now + late, Math.min(weight, left)));
      }
    }
    spent.sort(Comparator.comparingDouble(Spent::at));
    return spent;
  }

  private static long mostIn(int seconds, List<Spent> spent) {
    long most = 0;
    long sum = 0;
    int first = 0;
    for (Spent each : spent) {
      sum += each.weight;
      while (spent.get(first).at <= each.at - seconds) {
        sum -= spent.get(first++).weight;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"6000,25", "6000,1", "480,1", "60,1", "20,1", "1,1"})
  void nearlyAllOfTheLimitCanBeUsedByRefills(int limit, int weight) {
    RequestPace pace = pace(limit, 60);
    int grant = pace.grant(weight);

    double perMinute =
        grant / weight * weight / (pace.costSeconds(grant) + pace.leadSeconds(grant)) * 60;

    assertThat(perMinute).isBetween(0.91 * limit, 1.0 * limit);
  }

  @ParameterizedTest
  @CsvSource({"6000,25", "480,1", "60,1", "20,1"})
  void whatIsLiveIsGrantedAtOnceRightAfterARefill(int limit, int weight) {
    RequestPace pace = pace(limit, 60);
    double paidFor = pace.costSeconds(pace.grant(weight));

    double live = paidFor + pace.leadSeconds(weight) - pace.headStartSeconds();

    assertThat(live).isLessThanOrEqualTo(0);
    assertThat(paidFor).as("the next refill").isPositive();
  }

  @Test
  void refillsWaitWhileLiveRequestsTakeAllThereIs() {
    RequestPace pace = pace(60, 60);
    double freeAt = 0;
    double now = 0;
    for (int i = 0; i < 100; i++) {
      now = Math.max(now, freeAt + pace.leadSeconds(1) - pace.headStartSeconds());
      freeAt = Math.max(freeAt, now) + pace.costSeconds(1);

      assertThat(freeAt + pace.leadSeconds(1)).as("a refill's turn").isGreaterThan(now);
    }
  }

  @Test
  void aGrantIsHalfASecondsShareOrWhatIsNeeded() {
    RequestPace pace = pace(6_000, 60);

    assertThat(pace.grant(1)).isEqualTo(50);
    assertThat(pace.grant(51)).isEqualTo(51);
    assertThat(pace(60, 60).grant(1)).isEqualTo(1);
    assertThat(pace(300, 300).grant(1)).isEqualTo(1);
    assertThat(pace(8, 1).grant(1)).isEqualTo(1);
  }

  @Test
  void whatTheLimitNeverAllowsIsRefused() {
    RequestPace pace = pace(20, 60);

    assertThatThrownBy(() -> pace.grant(21)).hasMessage("a request of weight 21, of 20 in 60 s");
    assertThatThrownBy(() -> pace.grant(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pace(0, 60)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pace(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static RequestPace pace(int limit, int seconds) {
    return new RequestPace(new RequestLimit(limit, Duration.ofSeconds(seconds)));
  }
}

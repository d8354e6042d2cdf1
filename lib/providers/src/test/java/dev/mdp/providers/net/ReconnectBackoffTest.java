package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectBackoffTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  @Test
  void isAnythingUpToACeilingThatDoublesToAMinute() {
    int[] ceilings = {1, 2, 4, 8, 16, 32, 60, 60, 60};
    double[] longest = new double[ceilings.length];
    double[] shortest = new double[ceilings.length];
    for (int seed = 0; seed < 300; seed++) {
      ReconnectBackoff backoff = new ReconnectBackoff(new SplittableRandom(seed));
      for (int i = 0; i < ceilings.length; i++) {
        double part = backoff.next(Duration.ZERO).toNanos() / 1e9 / ceilings[i];
        longest[i] = Math.max(longest[i], part);
        shortest[i] = seed == 0 ? part : Math.min(shortest[i], part);
      }
    }

    assertThat(DoubleStream.of(shortest).boxed()).allMatch(part -> part >= 0 && part < 0.03);
  }

  @Test
  void isShortAgainOnlyAfterAMinuteOfData() {
    List<Duration> almost = new ArrayList<>();
    List<Duration> proven = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      ReconnectBackoff backoff = new ReconnectBackoff(new SplittableRandom(seed));
      IntStream.range(0, 8).forEach(_ -> backoff.next(Duration.ZERO));
      almost.add(backoff.next(MINUTE.minusNanos(1)));
      proven.add(backoff.next(MINUTE));
    }

    assertThat(almost).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(50)) > 0);
    assertThat(proven).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
  }

  @Test
  void isTheSameForTheSameSeed() {
    ReconnectBackoff one = new ReconnectBackoff(new SplittableRandom(7));
    ReconnectBackoff other = new ReconnectBackoff(new SplittableRandom(7));

    for (int i = 0; i < 20; i++) {
      assertThat(one.next(Duration.ZERO)).isEqualTo(other.next(Duration.ZERO));
    }
  }
}

package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SystemFeedTimeTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final FeedTime time = FeedTime.of(ManualClock.at("2026-03-02T14:00:00Z"));

  @Test
  void stampsByTheClock() {
    assertThat(time.micros()).isEqualTo(1_772_460_000_000_000L);
  }

  @Test
  void aWakeBeforeTheWaitCounts() {
    time.wake();

    time.await(LONG);

    assertThat(time.nanos()).isLessThan(LONG.toNanos());
  }

  @Test
  void aWakeEndsTheWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread waker =
        Thread.ofPlatform()
            .start(() -> {
              try {
                begun.await();
              } catch (InterruptedException _) {
                return;
              }
              time.wake();
            });

    begun.countDown();
    time.await(LONG);

    waker.join();
    assertThat(time.nanos()).isLessThan(LONG.toNanos());
  }

  @Test
  void doesNotWaitLongerThanItWasTold() {
    long before = time.nanos();

    time.await(Duration.ofMillis(5));
    time.await(Duration.ofMillis(-5));

    assertThat(time.nanos() - before).isLessThan(LONG.toNanos());
  }
}

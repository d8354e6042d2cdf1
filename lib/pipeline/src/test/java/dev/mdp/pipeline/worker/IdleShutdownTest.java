package dev.mdp.pipeline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleShutdownTest {
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final IdleShutdown idle = new IdleShutdown(Duration.ofSeconds(1), clock);
  private final Counted counted = new Counted();
  private final Worker worker = idle.watch(counted);

  @Test
  void aSlowStartIsNoIdleness() {
    clock.advance(Duration.ofMinutes(1));

    assertThat(worker.finished()).isFalse();
    worker.poll();
    assertThat(worker.finished()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    worker.poll();
    assertThat(worker.finished()).isTrue();
  }

  @Test
  void aPollThatTakesItsTimeIsNoIdleness() {
    Counted slow = new Counted();
    Worker other = idle.watch(slow);
    worker.poll();
    other.poll();
    slow.work = 1;
    slow.meanwhile =
        () -> {
          for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            worker.poll();
            assertThat(worker.finished()).as("the other is at work for %d s", i).isFalse();
          }
        };
    other.poll();

    assertThat(other.finished()).isFalse();
  }

  @Test
  void workPutsTheEndOff() {
    worker.poll();
    clock.advance(Duration.ofMillis(900));
    counted.work = 3;
    worker.poll();
    clock.advance(Duration.ofMillis(900));
    worker.poll();

    assertThat(worker.finished()).isFalse();
  }

  @Test
  void whoIsIdleWaitsForTheOthersAndStillWorks() {
    Counted busy = new Counted();
    Worker other = idle.watch(busy);
    worker.poll();
    for (int i = 0; i < 5; i++) {
      busy.work = 1;
      other.poll();
      clock.advance(Duration.ofMillis(900));
      worker.poll();
    }

    assertThat(worker.finished()).as("the other is at work").isFalse();
    clock.advance(Duration.ofMillis(100));
    other.poll();
    worker.poll();
    assertThat(worker.finished()).isTrue();
    busy.work = 1;
    other.poll();
    assertThat(other.finished()).as("what is over is over for all").isTrue();
  }

  @Test
  void whoHasEndedIsWaitedForNoMore() {
    Worker other = idle.watch(new Counted());
    worker.poll();
    clock.advance(Duration.ofSeconds(1));
    worker.poll();

    assertThat(worker.finished()).as("the other was never polled").isFalse();
    other.abandon();
    assertThat(worker.finished()).isTrue();
  }

  @Test
  void aServerThatNeverComesEndsTheWaitAfterHalfAMinute() {
    counted.fails = true;
    for (int second = 0; second < 30; second++) {
      assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);
      assertThat(worker.hasGivenUp()).as("after %s s", second).isFalse();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);
    assertThat(worker.hasGivenUp()).isTrue();
    assertThat(worker.finished()).as("nothing is known to be read to its end").isFalse();

    counted.fails = false;
    worker.poll();
    assertThat(worker.hasGivenUp()).isFalse();
  }

  private static final class Counted implements Worker {
    private int work;
    private boolean fails;
    private Runnable meanwhile = () -> {};

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public int poll() {
      if (fails) {
        throw new UnavailableException("away");
      }
      int done = work;
      work = 0;
      meanwhile.run();
      return done;
    }

    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public void drain() {}

    @Override
    public void abandon() {}
  }
}

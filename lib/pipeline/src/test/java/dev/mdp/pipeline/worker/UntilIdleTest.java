package dev.mdp.pipeline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UntilIdleTest {
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private int work;
  private final UntilIdle worker = new UntilIdle(new Counted(), Duration.ofSeconds(1), clock);

  @Test
  void aSlowStartIsNoIdleness() {
    clock.advance(Duration.ofMinutes(1));

    assertThat(worker.finished()).isFalse();
    worker.poll();
    assertThat(worker.finished()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(worker.finished()).isTrue();
  }

  @Test
  void workPutsTheEndOff() {
    worker.poll();
    clock.advance(Duration.ofMillis(900));
    work = 3;
    worker.poll();
    clock.advance(Duration.ofMillis(900));

    assertThat(worker.finished()).isFalse();
  }

  private final class Counted implements Worker {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public int poll() {
      int done = work;
      work = 0;
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

package dev.mdp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2025-01-01T00:00:00Z"));
  private final Health health = new Health(now::get);

  @Test
  void aLoopThatStandsStillForTooLongIsToldUntilItMoves() {
    AtomicReference<Instant> moved = new AtomicReference<>(now.get());
    health.watch("micro-batch", Duration.ofSeconds(30), moved::get);
    assertThat(health.stalled()).isEmpty();

    now.set(now.get().plusSeconds(31));
    assertThat(health.stalled()).containsExactly("micro-batch has not moved for 31 s");

    moved.set(now.get());
    assertThat(health.stalled()).isEmpty();
  }

  @Test
  void aLoopThatEndedIsNotWatched() {
    health.watch("produce", Duration.ofSeconds(1), now::get);
    health.watch("ticks", Duration.ofSeconds(1), () -> Instant.EPOCH);

    health.unwatch("ticks");

    assertThat(health.stalled()).isEmpty();
  }

  @Test
  void itIsReadyWhenEveryServerAnswers() {
    health.ready("database", false, "connection refused");
    health.ready("bus", false, "no answer for 3 s");
    assertThat(health.notReady())
        .containsExactly("bus: no answer for 3 s", "database: connection refused");

    health.ready("bus", true, "");
    health.ready("database", true, "");
    assertThat(health.notReady()).isEmpty();
  }

  @Test
  void theStatusHoldsTheDetailsOfNow() {
    health.detail("open_windows", () -> 3);
    health.ready("bus", false, "away");

    assertThat(health.status())
        .containsEntry("open_windows", 3)
        .containsEntry("alive", true)
        .containsEntry("ready", false);
  }
}

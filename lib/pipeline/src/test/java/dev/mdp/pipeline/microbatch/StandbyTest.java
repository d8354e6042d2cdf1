package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.OneShard.KEY;
import static dev.mdp.pipeline.microbatch.OneShard.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.pipeline.worker.IdleShutdown;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandbyTest {
  private final OneShard shard = new OneShard();

  @Test
  void aWorkerWithWhichBarsWouldEndIsRefusedBeforeItIsNeeded() {
    MicroBatchWorker owner = shard.worker("2s");
    shard.tick(0, 10);
    poll(owner, 2);
    shard.pass(1_500);
    poll(owner, 1);

    MicroBatchWorker standby = shard.worker("1m");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(standby::poll)
        .withMessageContaining("those of 2s would end");
    shard.dropsIntervals = true;
    assertThat(shard.worker("1m").poll()).isZero();
    poll(owner, 1);
    assertThat(owner.owns()).isTrue();
  }

  @Test
  void standingByIsNoIdleness() {
    poll(shard.worker("2s"), 1);
    shard.tick(0, 10);
    Worker second = new IdleShutdown(Duration.ofSeconds(3), shard.clock).watch(shard.worker("2s"));

    for (int i = 0; i < 60 && !second.finished(); i++) {
      second.poll();
    }
    second.drain();

    assertThat(shard.store.checkpoint(KEY).position()).isNotEqualTo(Position.START);
  }

  @Test
  void aBusThatIsSlowToGiveWhatItHasIsNoIdleness() {
    shard.tick(0, 10);
    shard.bus.stall(true);
    Worker worker = new IdleShutdown(Duration.ofSeconds(3), shard.clock).watch(shard.worker("2s"));

    for (int i = 0; i < 60; i++) {
      worker.poll();
      shard.pass(500);
    }
    assertThat(worker.finished()).isFalse();
    shard.bus.stall(false);
    for (int i = 0; i < 60 && !worker.finished(); i++) {
      worker.poll();
      shard.pass(500);
    }

    assertThat(worker.finished()).isTrue();
    assertThat(shard.bars()).containsExactly("p 2s +0ms n=1 c=10.0");
  }

  @Test
  void aWorkerWhoseDrainFailedLeavesTheShardToTheNextOne() {
    MicroBatchWorker first = shard.worker("2s");
    poll(first, 1);
    shard.tick(0, 10);
    poll(first, 1);
    shard.pass(3_000);
    shard.failAt("commit.before");
    assertThatThrownBy(first::drain).isInstanceOf(UnavailableException.class);
    shard.failAt("");

    first.abandon();
    MicroBatchWorker second = shard.worker("2s");
    poll(second, 1);

    assertThat(second.owns()).isTrue();
  }
}

package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.OneShard.poll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.event.MarketEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two things that cannot both be stored are told, never lost.
class ConflictTest {
  private final OneShard shard = new OneShard();

  @Test
  void theCommitThatEndsAReplayAlsoSaysWhatConflicted() {
    MicroBatchWorker worker = shard.worker("2s");
    poll(worker, 1);
    shard.tick(0, 10);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 1);
    shard.pass(5_000);

    shard.tick("p", "run-1", 0, 77);
    shard.end("p", "run-1");
    poll(worker, 1);

    assertThat(shard.lane("run-1").ended()).isTrue();
    assertThat(shard.lane("run-1").conflicting()).isEqualTo(1);
  }

  @Test
  void laterCommitsKeepTheCountOfConflicts() {
    MicroBatchWorker worker = shard.worker("2s");
    poll(worker, 1);
    shard.tick(0, 10);
    shard.end("p", MarketEvent.LIVE);
    shard.tick("p", "run-1", 0, 77);
    shard.end("p", "run-1");
    poll(worker, 1);

    shard.tick(4_000, 10);
    shard.pass(2_000);
    poll(worker, 2);
    worker.drain();

    assertThat(shard.lane("run-1").conflicting()).isEqualTo(1);
  }

  @Test
  void aSmallerPayloadForASealedWindowIsADeadLetter() {
    MicroBatchWorker worker = shard.worker("2s,1m");
    poll(worker, 1);
    shard.tick(0, 10);
    shard.pass(20_000);
    shard.tick(20_000, 10);

    shard.tick(0, 5);
    poll(worker, 2);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 2);

    assertThat(shard.bars()).contains("p 2s +0ms n=1 c=10.0");
    assertThat(letters()).extracting(DeadLetter::reason).containsExactly(DeadLetter.SEALED);
    assertThat(letters()).extracting(DeadLetter::intervals).containsExactly(List.of("2s"));
  }

  private List<DeadLetter> letters() {
    return shard.bus.deadLetters();
  }
}

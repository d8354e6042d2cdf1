package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.OneShard.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.pipeline.microbatch.OneShard.Setup;
import dev.mdp.pipeline.window.TumblingWindows;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.TamperedLedger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What was late or dead is told with its bytes, per symbol, and once.
class LateAndDeadTest {
  private final OneShard shard = new OneShard();

  @Test
  void aLetterHasTheBytesOfItsEntry() {
    MicroBatchWorker worker = shard.worker("2s");
    shard.tick(0, 10);
    shard.tick(3_600_000, 11);
    shard.pass(20_000);
    shard.tick(20_000, 12);
    shard.tick(0, 14);
    poll(worker, 2);

    assertThat(letters())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetter.FUTURE, DeadLetter.SEALED);
    assertThat(letters()).allMatch(letter -> text(letter).startsWith("Tick["));
  }

  @Test
  void aLetterWhoseEntryTheLogLostHasTheEventEncodedAgain() {
    MicroBatchWorker worker = shard.worker("2s");
    shard.tick(0, 10);
    shard.tick(3_600_000, 11);
    poll(worker, 2);
    shard.bus.log(0).lose(1);
    shard.pass(1_500);
    poll(worker, 1);

    assertThat(letters()).hasSize(1);
    assertThat(text(letters().getFirst())).startsWith("encoded again: Tick[");
  }

  @Test
  void lateEventsAreToldPerSymbolWithTheCommitThatPassesThem() {
    MicroBatchWorker worker = shard.worker("2s");
    shard.tick(0, 10);
    shard.pass(30_000);
    shard.tick(30_000, 12);
    shard.tick(1_000, 13);
    shard.tick(500, 13);
    shard.failAt("commit.before");
    poll(worker, 3);
    assertThat(worker.late()).isEmpty();

    shard.failAt("");
    poll(worker, 3);

    assertThat(worker.late()).containsExactly(new LateSymbol("p", "SPY", 2, 29_500_000));
    assertThat(shard.metrics.late()).containsExactly("p SPY 29000ms", "p SPY 29500ms");
    assertThat(letters()).extracting(DeadLetter::lateMillis).endsWith(29_000L, 29_500L);
  }

  @Test
  void anEventThatRevisesAWindowIsLateToo() {
    MicroBatchWorker worker = shard.worker("2s");
    shard.tick(0, 10);
    shard.tick(3_000, 11);
    poll(worker, 2);
    shard.tick(1_200, 12);
    shard.pass(1_500);
    poll(worker, 2);

    assertThat(worker.late()).containsExactly(new LateSymbol("p", "SPY", 1, 1_800_000));
    assertThat(letters()).isEmpty();
  }

  @Test
  void entryOfOneLaneTooManyIsADeadLetterEvenWhenReadAgain() {
    MicroBatchWorker first = shard.worker(Setup.of("2s").batch(5_000).cap(5_000));
    for (int i = 0; i < TumblingWindows.MAX_LANES; i++) {
      shard.tick("p" + i, MarketEvent.LIVE, 0, 10);
    }
    shard.tick("one-more", MarketEvent.LIVE, 0, 10);
    shard.end("one-more", "lane");
    shard.tick("p0", MarketEvent.LIVE, 1, 11);
    poll(first, 2);
    shard.pass(1_000);
    poll(first, 2);
    shard.passLease();
    MicroBatchWorker second = shard.worker(Setup.of("2s").batch(5_000).cap(5_000));
    poll(second, 2);
    shard.pass(3_000);
    poll(second, 2);

    assertThat(letters())
        .hasSize(2)
        .allMatch(letter -> letter.reason().equals(DeadLetter.TOO_MANY_LANES))
        .allMatch(letter -> letter.provider().equals("one-more"));
    assertThat(shard.store.checkpoint(OneShard.KEY).lanes()).hasSize(TumblingWindows.MAX_LANES);
    assertThat(shard.bars()).hasSize(1_000).contains("p0 2s +0ms n=2 c=11.0");
    assertThat(shard.bars()).noneMatch(bar -> bar.startsWith("one-more"));
    assertThat(second.ledger().addsUp()).isTrue();
  }

  @Test
  void aLedgerThatDoesNotAddUpEndsTheRunAndNothingIsCommittedWithIt() {
    LedgerCounts wrong =
        new LedgerCounts(
            new TreeMap<>(Map.of("p", new LedgerCounts.Entry(3, Map.of(Outcome.AGGREGATED, 2L)))));
    MicroBatchWorker worker = shard.worker(Setup.of("2s"), tampered(shard, wrong));
    shard.tick(0, 10);
    shard.end("p", MarketEvent.LIVE);

    assertThatThrownBy(() -> poll(worker, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not add up")
        .hasMessageContaining("5 entries were read");
    assertThat(shard.bars()).isEmpty();
    assertThat(shard.store.ledgers()).isEmpty();
  }

  private static Checkpoints tampered(OneShard shard, LedgerCounts ledger) {
    InMemoryStore store = shard.store;
    return new Checkpoints(
        new TamperedLedger(store, _ -> ledger), store, store.marks(), store.admin());
  }

  private List<DeadLetter> letters() {
    return shard.bus.deadLetters();
  }

  private static String text(DeadLetter letter) {
    return new String(letter.data(), StandardCharsets.UTF_8);
  }
}

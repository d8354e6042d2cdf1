package dev.mdp.ops.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.bus.StoredDeadLetter;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequeueTest {
  private static final long NOW = Micros.parse("2025-10-24T14:00:00Z");
  private static final long MAX_FUTURE = 5_000_000;
  private static final int SHARDS = 4;

  private final Requeue requeue = new Requeue(SHARDS, MAX_FUTURE, NOW);

  @Test
  void sendsATickToTheShardOfItsSymbol() {
    DeadLetterView letter = letter(1, 7, DeadLetter.WRONG_SHARD, tick("SPY", NOW));

    assertThat(requeue.judge(letter)).isEqualTo(new Requeue.Send(Shards.of("p", "SPY", SHARDS)));
  }

  @Test
  void refusesWhatWouldBecomeADeadLetterAgain() {
    assertThat(refusal(letter(1, 0, DeadLetter.FUTURE, tick("SPY", NOW + MAX_FUTURE + 1))))
        .contains("2025-10-24T14:00:05.000001Z", "still more than max_future_ms ahead");
    assertThat(requeue.judge(letter(1, 0, DeadLetter.FUTURE, tick("SPY", NOW + MAX_FUTURE))))
        .isInstanceOf(Requeue.Send.class);
    assertThat(refusal(letter(1, 9, DeadLetter.TOO_MANY_LANES, new LaneEnd("p", "live"))))
        .contains("shard 9, which no longer exists");
  }

  @Test
  void namesTheRepairOfASealedWindow() {
    DeadLetterView letter = letter(1, 0, DeadLetter.SEALED, tick("BRK B", NOW + 1));

    assertThat(refusal(letter))
        .contains(
            "mdp verify bars --repair --provider p --symbol 'BRK B' --interval 2s"
                + " --from 2025-10-24T14:00:00Z --to 2025-10-24T14:00:02Z");
  }

  @Test
  void countsALetterThatWasWrittenTwiceOnceAndSendsItsEntryOnce() {
    DeadLetterView letter = letter(1, 0, DeadLetter.WRONG_SHARD, tick("SPY", NOW));
    DeadLetterView copy = letter(2, 0, DeadLetter.WRONG_SHARD, tick("SPY", NOW));
    DeadLetterView refused =
        letter(3, 0, DeadLetter.FUTURE, tick("SPY", NOW + 2 * MAX_FUTURE), new Position(9, 9));
    RequeueTally tally = new RequeueTally(requeue);

    var payloads = tally.add(List.of(letter, copy, refused, refused));

    assertThat(payloads.values()).singleElement().satisfies(all -> assertThat(all).hasSize(1));
    assertThat(tally.sendable(List.of(letter, copy, refused))).containsExactly(letter, copy);
    assertThat(tally.letters()).isEqualTo(2);
    assertThat(tally.sendable()).isEqualTo(1);
    assertThat(tally.refused()).isEqualTo(1);
    assertThat(tally.refusals())
        .extracting(each -> each.letter().stored().id().major())
        .containsExactly(3L);
  }

  @Test
  void everyConditionOfAQueryMustHold() {
    DeadLetterView letter = letter(1, 2, DeadLetter.FUTURE, tick("SPY", NOW));

    assertThat(query("future", "micro-batcher", "p", "SPY", 2).matches(letter)).isTrue();
    assertThat(query(null, null, null, null, null).matches(letter)).isTrue();
    assertThat(query("sealed", null, null, null, null).matches(letter)).isFalse();
    assertThat(query(null, "micro", null, null, null).matches(letter)).isFalse();
    assertThat(query(null, null, "q", null, null).matches(letter)).isFalse();
    assertThat(query(null, null, null, "AAPL", null).matches(letter)).isFalse();
    assertThat(query(null, null, null, null, 0).matches(letter)).isFalse();
  }

  @Test
  void aNameIsHarmlessForATerminal() {
    DeadLetterView letter = letter(1, 2, "x\n\u001b[2J", tick("SPY", NOW));

    assertThat(letter.name())
        .isEqualTo("dead letter 1-0 (x\\x0a\\x1b[2J, mdp-micro-batcher, entry 2/5-0)");
  }

  private static DeadLetterQuery query(
      @org.jspecify.annotations.Nullable String reason,
      @org.jspecify.annotations.Nullable String group,
      @org.jspecify.annotations.Nullable String provider,
      @org.jspecify.annotations.Nullable String symbol,
      @org.jspecify.annotations.Nullable Integer shard) {
    return new DeadLetterQuery(reason, group, provider, symbol, shard, Position.START);
  }

  private String refusal(DeadLetterView letter) {
    assertThat(requeue.judge(letter)).isInstanceOf(Requeue.Refuse.class);
    return ((Requeue.Refuse) requeue.judge(letter)).why();
  }

  private static Tick tick(String symbol, long srcMicros) {
    return new Tick(
        "p",
        MarketEvent.LIVE,
        new Symbol(symbol),
        srcMicros,
        1,
        10,
        Tick.ABSENT,
        Tick.ABSENT,
        Tick.ABSENT,
        srcMicros);
  }

  private static DeadLetterView letter(long id, int shard, String reason, MarketEvent event) {
    return letter(id, shard, reason, event, new Position(5, 0));
  }

  private static DeadLetterView letter(
      long id, int shard, String reason, MarketEvent event, Position position) {
    DeadLetter dead =
        new DeadLetter(
            "mdp-micro-batcher",
            "mdp.events",
            shard,
            position,
            "p",
            reason,
            "",
            reason.equals(DeadLetter.SEALED) ? List.of("2s") : List.of(),
            "payload".getBytes(StandardCharsets.UTF_8),
            NOW);
    return new DeadLetterView(
        new StoredDeadLetter(new Position(id, 0), dead),
        new Delivery.Decoded(shard, position, NOW, false, event));
  }
}

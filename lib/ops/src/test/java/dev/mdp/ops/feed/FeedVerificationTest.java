package dev.mdp.ops.feed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeArrival;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradePause;
import dev.mdp.testkit.store.FeedHistory;
import dev.mdp.testkit.store.InMemoryFeedLook;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A ledger that does not add up is an error, and no proof.
final class FeedVerificationTest {
  private static final Symbol SYMBOL = new Symbol("BTC-USD");
  private static final long BEGIN = FeedHistory.BEGIN;
  private static final long SECOND = 1_000_000;

  @Test
  void idsThatDoNotAddUpAreAnError() {
    Miscounting look = new Miscounting(1, 0);

    assertThatThrownBy(() -> run(look))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "venue BTC-USD: the ledgers do not add up: 3 ids, 1 stored, 1 missing; 10 seconds");
  }

  @Test
  void secondsThatDoNotAddUpAreAnError() {
    Miscounting look = new Miscounting(0, 1);

    assertThatThrownBy(() -> run(look))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the ledgers do not add up");
  }

  private static void run(FeedAudit.Look look) {
    new FeedVerification(look, Optional.empty(), _ -> {}).run(_ -> {});
  }

  /// Ids 1 and 3 of three are stored.
  private static FeedHistory history() {
    TradeMark head = new TradeMark(3, BEGIN + 5 * SECOND);
    AuditedSeries series =
        new AuditedSeries(
            "venue",
            SYMBOL,
            0,
            true,
            TradeIds.CONTIGUOUS,
            Optional.of(new FeedCursor(SYMBOL, 0, 1, 1, head)),
            BEGIN,
            BEGIN,
            BEGIN + 10 * SECOND,
            TradeArrival.STORED,
            TradeArrival.STORED,
            false,
            BEGIN);
    return new FeedHistory(
        series, List.of(new TradeMark(1, BEGIN), head), List.of(), List.of(), BEGIN + 60 * SECOND);
  }

  /// A look that counts too few ids, or too many seconds.
  private record Miscounting(long fewerIds, long moreSeconds) implements FeedAudit.Look {
    private static final InMemoryFeedLook RIGHT = new InMemoryFeedLook(history());

    @Override
    public long nowMicros() {
      return RIGHT.nowMicros();
    }

    @Override
    public List<AuditedSeries> series() {
      return RIGHT.series();
    }

    @Override
    public StoredTrades stored(AuditedSeries series) {
      StoredTrades right = RIGHT.stored(series);
      return new StoredTrades(
          right.rows(), right.ids() - fewerIds, right.run(), right.below(), right.above(), 0, 0);
    }

    @Override
    public void evidence(
        AuditedSeries series,
        StoredTrades stored,
        TradeMark below,
        TradeMark above,
        Consumer<IdEvidence> to) {
      RIGHT.evidence(series, stored, below, above, to);
    }

    @Override
    public void pauses(AuditedSeries series, Consumer<TradePause> to) {
      RIGHT.pauses(series, to);
    }

    @Override
    public long tradeSeconds(AuditedSeries series) {
      return RIGHT.tradeSeconds(series) + moreSeconds;
    }

    @Override
    public List<FeedInterval> states(AuditedSeries series) {
      return RIGHT.states(series);
    }

    @Override
    public void close() {}
  }
}

package dev.mdp.ops.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedInterval.State;
import dev.mdp.core.feed.FeedStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FeedRowTest {
  private static final Symbol SYMBOL = new Symbol("BTC-USD");
  private static final int SHARDS = 2;
  private static final int OF_SYMBOL = Shards.of("venue", SYMBOL.value(), SHARDS);

  @Test
  void aSeriesIsShownWithItsShardAndAShardWithoutOneToo() {
    FeedStatus.Now now = now(List.of(shard(0, true), shard(1, true)), series("venue", State.LIVE));

    List<FeedRow> rows = FeedRow.of(now, true);

    assertThat(rows).hasSize(2);
    for (FeedRow row : rows) {
      assertThat(row.series().isPresent())
          .isEqualTo(row.shard().orElseThrow().shard() == OF_SYMBOL);
    }
    assertThat(FeedRow.of(now, false)).as("no shards wanted").hasSize(1);
  }

  @Test
  void aSeriesWhoseShardNoOneKnowsIsShownLast() {
    FeedStatus.Now now =
        new FeedStatus.Now(
            List.of(shard(OF_SYMBOL, true)),
            List.of(series("gone", State.LIVE), series("venue", State.LIVE)),
            List.of());

    List<FeedRow> rows = FeedRow.of(now, true);

    assertThat(rows).extracting(FeedRow::provider).containsExactly("venue", "gone");
    assertThat(rows.getLast().state()).as("no one publishes it").contains(State.DOWN);
  }

  @Test
  void withoutAnOwnerASeriesIsDownSinceItsLastNote() {
    FeedRow owned = row(true, State.HALTED);
    FeedRow left = row(false, State.HALTED);
    FeedRow down = row(false, State.DOWN);

    assertThat(owned.state()).contains(State.HALTED);
    assertThat(owned.since()).contains(Micros.instant(1_000));
    assertThat(left.state()).contains(State.DOWN);
    assertThat(left.since()).contains(Micros.instant(2_000));
    assertThat(down.since()).as("it was down before").contains(Micros.instant(1_000));
  }

  private static FeedRow row(boolean owned, State state) {
    return FeedRow.of(now(List.of(shard(OF_SYMBOL, owned)), series("venue", state)), true)
        .getFirst();
  }

  private static FeedStatus.Now now(List<FeedStatus.Shard> shards, FeedStatus.Series series) {
    return new FeedStatus.Now(shards, List.of(series), List.of());
  }

  private static FeedStatus.Shard shard(int number, boolean owned) {
    return new FeedStatus.Shard(
        "venue",
        "mdp.events",
        number,
        SHARDS,
        owned ? Optional.of("me") : Optional.empty(),
        Optional.empty(),
        Position.START,
        Instant.EPOCH);
  }

  private static FeedStatus.Series series(String provider, State state) {
    return new FeedStatus.Series(
        provider,
        SYMBOL,
        Optional.empty(),
        Optional.of(new FeedInterval(SYMBOL, state, 1_000, 2_000)),
        0,
        0);
  }
}

package dev.mdp.store.bars;

import static dev.mdp.store.Samples.bar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.store.bars.BarRules.Decision;
import org.junit.jupiter.api.Test;

final class BarRulesTest {
  private static final long EXTERNAL = Bar.EXTERNAL;

  @Test
  void equalValuesAreUnchangedWhateverTheLane() {
    assertThat(decide(bar("replay", "A", 0, 100.5, 3), stored("", 100.5, 3)))
        .isEqualTo(Decision.UNCHANGED);
    assertThat(BarRules.conflicts(bar("replay", "A", 0, 100.5, 3), stored("", 100.5, 3))).isFalse();
    assertThat(decide(bar("A", 0, -0.0, 3), stored("", 0.0, 3))).isEqualTo(Decision.UNCHANGED);
  }

  @Test
  void aLiveRevisionOfNoFewerTicksUpdatesAndOneOfFewerIsRefused() {
    assertThat(decide(bar("A", 0, 100.7, 4), stored("", 100.5, 3))).isEqualTo(Decision.UPDATE);
    assertThat(decide(bar("A", 0, 100.7, 3), stored("", 100.5, 3))).isEqualTo(Decision.UPDATE);
    assertThat(decide(bar("A", 0, 100.7, 2), stored("", 100.5, 3))).isEqualTo(Decision.REFUSE);
  }

  @Test
  void barFromTicksReplacesAnExternalOneAndNeverTheReverse() {
    assertThat(decide(bar("A", 0, 100.7, EXTERNAL), stored("", 100.5, 3)))
        .isEqualTo(Decision.REFUSE);
    assertThat(decide(bar("A", 0, 100.7, 1), stored("", 100.5, EXTERNAL)))
        .isEqualTo(Decision.UPDATE);
    assertThat(decide(bar("A", 0, 100.7, EXTERNAL), stored("", 100.5, EXTERNAL)))
        .isEqualTo(Decision.UPDATE);
  }

  @Test
  void aReplayNeedsStrictlyMoreTicksAgainstAnotherLane() {
    assertThat(decide(bar("replay", "A", 0, 100.7, 3), stored("", 100.5, 3)))
        .isEqualTo(Decision.REFUSE);
    assertThat(decide(bar("replay", "A", 0, 100.7, 4), stored("", 100.5, 3)))
        .isEqualTo(Decision.UPDATE);
    assertThat(decide(bar("replay", "A", 0, 100.7, 3), stored("replay", 100.5, 3)))
        .isEqualTo(Decision.UPDATE);
    assertThat(decide(bar("replay", "A", 0, 100.7, EXTERNAL), stored("", 100.5, EXTERNAL)))
        .isEqualTo(Decision.REFUSE);
  }

  @Test
  void replayThatMeetsADifferentBarConflictsEvenWhenItWins() {
    assertThat(BarRules.conflicts(bar("replay", "A", 0, 100.7, 4), stored("", 100.5, 3))).isTrue();
    assertThat(BarRules.conflicts(bar("replay", "A", 0, 100.7, 4), stored("replay", 100.5, 3)))
        .isFalse();
    assertThat(BarRules.conflicts(bar("A", 0, 100.7, 4), stored("replay", 100.5, 3))).isFalse();
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedNamingTheBar() {
    assertThatThrownBy(() -> BarRules.requireFinite(bar("A", 0, Double.NaN, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("prov|A|2s|");
    assertThatThrownBy(() -> BarRules.requireFinite(bar("A", 0, Double.POSITIVE_INFINITY, 1)))
        .isInstanceOf(DataException.class);
  }

  private static Decision decide(Bar offered, StoredBar stored) {
    return BarRules.decide(offered, stored);
  }

  private static StoredBar stored(String lane, double close, long tradeCount) {
    Bar bar = bar(lane, "A", 0, close, tradeCount);
    return new StoredBar(
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.tradeCount(),
        lane,
        0);
  }
}

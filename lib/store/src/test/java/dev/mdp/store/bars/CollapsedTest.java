package dev.mdp.store.bars;

import static dev.mdp.store.Samples.bar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Bar;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollapsedTest {
  private static Collapsed inAnyOrder(Bar one, Bar other) {
    List<Bar> offered = List.of(one, bar("Z", 3, 100, 1), other);
    Collapsed collapsed = Collapsed.of(offered);
    List<Bar> reversed = new java.util.ArrayList<>(offered);
    Collections.reverse(reversed);
    assertThat(Collapsed.of(reversed)).isEqualTo(collapsed);
    assertThat(collapsed.bars()).hasSize(2);
    return collapsed;
  }

  @Test
  void aPoorerReplayNeverReplacesTheLiveBarOfTheSameCommit() {
    Bar live = bar("", "S", 0, 100, 5);
    Bar replayed = bar("r1", "S", 0, 99, 3);

    Collapsed collapsed = inAnyOrder(live, replayed);

    assertThat(collapsed.bars().getFirst()).isEqualTo(live);
    assertThat(collapsed.refused()).isEqualTo(1);
    assertThat(collapsed.conflicting()).containsExactly(replayed);
  }

  @Test
  void aFullerReplayReplacesItAndIsToldAllTheSame() {
    Bar replayed = bar("r1", "S", 0, 99, 6);

    Collapsed collapsed = inAnyOrder(bar("", "S", 0, 100, 5), replayed);

    assertThat(collapsed.bars().getFirst()).isEqualTo(replayed);
    assertThat(collapsed.refused()).isZero();
    assertThat(collapsed.conflicting()).containsExactly(replayed);
  }

  @Test
  void anEqualBarOfAnotherLaneIsNoNews() {
    Collapsed collapsed = inAnyOrder(bar("", "S", 0, 100, 5), bar("r1", "S", 0, 100, 5));

    assertThat(collapsed.bars().getFirst().lane()).isEmpty();
    assertThat(collapsed.refused()).isZero();
    assertThat(collapsed.conflicting()).isEmpty();
  }

  @Test
  void ofOneLaneTheLastCounts() {
    Collapsed collapsed =
        Collapsed.of(List.of(bar("S", 0, 100, 5), bar("S", 0, 101, 5), bar("S", 0, 102, 6)));

    assertThat(collapsed.bars()).containsExactly(bar("S", 0, 102, 6));
    assertThat(collapsed.refused()).isZero();
  }
}

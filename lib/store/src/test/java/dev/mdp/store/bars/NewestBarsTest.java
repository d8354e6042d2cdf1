package dev.mdp.store.bars;

import static dev.mdp.store.Samples.bar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NewestBarsTest {
  private final NewestBars newest = new NewestBars();

  @Test
  void looksForEverythingUntilSomethingIsCommitted() {
    assertThat(newest.mayBeThere(bar("S", 0, 100, 1))).isTrue();

    newest.committed(List.of(bar("S", 0, 100, 1)));

    assertThat(newest.mayBeThere(bar("S", 0, 100, 1))).isTrue();
    assertThat(newest.mayBeThere(bar("OTHER", 0, 100, 1))).isTrue();
    assertThat(newest.mayBeThere(bar("S", 1, 100, 1))).isFalse();
    assertThat(newest.mayBeThere(bar("OTHER", 1, 100, 1))).isFalse();
  }

  @Test
  void aRevisionOfAnOldBarIsNoSurpriseButANewOneThatIsThereIs() {
    newest.committed(List.of(bar("S", 5, 100, 1)));
    newest.found(bar("S", 4, 100, 1));
    newest.committed(List.of(bar("S", 4, 100, 1)));

    assertThat(newest.mayBeThere(bar("S", 6, 100, 1))).isFalse();

    newest.found(bar("S", 6, 100, 1));
    newest.committed(List.of(bar("S", 6, 100, 1)));

    assertThat(newest.mayBeThere(bar("S", 7, 100, 1))).isTrue();
  }

  @Test
  void afterAFailedBatchDuplicatesAreSoughtUntilTwoCommits() {
    newest.committed(List.of(bar("S", 0, 100, 1)));

    newest.distrust();
    assertThat(newest.mayBeThere(bar("S", 1, 100, 1))).isTrue();
    newest.committed(List.of(bar("S", 1, 100, 1)));
    assertThat(newest.mayBeThere(bar("S", 2, 100, 1))).isTrue();
    newest.committed(List.of(bar("S", 2, 100, 1)));

    assertThat(newest.mayBeThere(bar("S", 3, 100, 1))).isFalse();
  }
}

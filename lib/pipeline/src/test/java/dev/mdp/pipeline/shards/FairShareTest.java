package dev.mdp.pipeline.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.testkit.property.Property;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FairShareTest {
  @Test
  void oneMemberTakesAll() {
    assertThat(FairShare.of("a", Map.of("a", 0), 8)).isEqualTo(8);
  }

  @Test
  void whatIsLeftOverStaysWithThoseWhoHoldMost() {
    Map<String, Integer> held = Map.of("a", 0, "b", 3, "c", 2);

    assertThat(FairShare.of("a", held, 5)).isEqualTo(1);
    assertThat(FairShare.of("b", held, 5)).isEqualTo(2);
    assertThat(FairShare.of("c", held, 5)).isEqualTo(2);
  }

  @Test
  void moreMembersThanShardsLeaveSomeWithout() {
    Map<String, Integer> held = Map.of("a", 0, "b", 1, "c", 0);

    assertThat(FairShare.of("b", held, 1)).isEqualTo(1);
    assertThat(FairShare.of("a", held, 1)).isZero();
  }

  @Test
  void whoeverIsNotAmongTheLivingIsABug() {
    assertThatThrownBy(() -> FairShare.of("x", Map.of("a", 0), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x");
  }

  @Test
  void theSharesOfAllMembersAreAllShardsAndDifferByOneAtMost() {
    Property.check(
        1_000,
        choices -> {
          Map<String, Integer> held = new TreeMap<>();
          int members = 1 + choices.nextInt(9);
          for (int i = 0; i < members; i++) {
            held.put("m" + i, choices.nextInt(6));
          }
          int shards = 1 + choices.nextInt(40);

          var shares =
              held.keySet().stream()
                  .mapToInt(m -> FairShare.of(m, held, shards))
                  .summaryStatistics();

          assertThat(shares.getSum()).isEqualTo(shards);
          assertThat(shares.getMax() - shares.getMin()).isLessThanOrEqualTo(1);
        });
  }
}

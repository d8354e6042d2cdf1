package dev.mdp.bench.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TickPartsTest {
  private static final List<SentLine.Sent> ALL =
      IntStream.range(0, 9).mapToObj(TickPartsTest::tick).toList();

  @Test
  void whatIsLostLiesSideBySide() {
    TickParts parts = parts(ALL.subList(0, 2), List.of(), ALL.subList(2, 9));

    assertThat(parts.canMake(bar(0, 1, 2, 3, 4, 5, 6, 7, 8))).isTrue();
    assertThat(parts.canMake(bar(0, 1))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 2, 3))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 2, 3, 7, 8))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 8))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 2, 4, 6, 7, 8))).isFalse();
    assertThat(parts.canMake(bar(0, 1, 3, 5))).isFalse();
  }

  @Test
  void whatIsCertainIsInTheBar() {
    TickParts parts = parts(ALL.subList(0, 4), List.of(), ALL.subList(4, 6));

    assertThat(parts.canMake(bar(0, 1, 2))).isFalse();
    assertThat(parts.canMake(bar(1, 2, 3, 4, 5))).isFalse();
    assertThat(parts.canMake(bar(0, 1, 2, 3, 4, 5, 6))).isFalse();
    assertThat(parts.canMake(null)).isFalse();
    assertThat(parts(List.of(), List.of(), ALL).canMake(null)).isTrue();
  }

  @Test
  void whatHasALetterMayBeInTheBar() {
    TickParts parts = parts(ALL.subList(0, 2), ALL.subList(2, 5), List.of());

    assertThat(parts.canMake(bar(0, 1))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 3))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 2, 3, 4))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 3, 5))).isFalse();
  }

  /// A wrong clock brings what was sent before two losses into one window.
  @Test
  void eachLossTakesWhatLiesSideBySide() {
    TickParts parts = parts(ALL.subList(0, 1), List.of(), ALL.subList(1, 5), ALL.subList(5, 9));

    assertThat(parts.canMake(bar(0, 1, 4, 5, 6))).isTrue();
    assertThat(parts.canMake(bar(0, 3, 4, 5, 8))).isTrue();
    assertThat(parts.canMake(bar(0, 1, 2, 3, 4, 5, 6, 7, 8))).isTrue();
    assertThat(parts.canMake(bar(0, 2, 4, 5, 6, 7, 8))).isFalse();
    assertThat(parts.canMake(bar(1, 2, 5, 6))).isFalse();
  }

  @SafeVarargs
  private static TickParts parts(
      List<SentLine.Sent> certain, List<SentLine.Sent> lettered, List<SentLine.Sent>... losses) {
    SortedMap<Integer, List<SentLine.Sent>> perhaps = new TreeMap<>();
    for (List<SentLine.Sent> loss : losses) {
      perhaps.put(perhaps.size(), loss);
    }
    return new TickParts(certain, lettered, perhaps);
  }

  private static TickFold bar(int... ticks) {
    return TickFold.of(IntStream.of(ticks).mapToObj(ALL::get).toList());
  }

  /// Each with its own size, so that no other set of ticks has the same volume.
  private static SentLine.Sent tick(int order) {
    return new SentLine.Sent("p", "SPY", 1_000 + order, 0, 100 + order, 1 << order, 5_000, order);
  }
}

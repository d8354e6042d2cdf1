package dev.mdp.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyedGroupsTest {
  private static final long STEP = 10;

  private record Row(String name, long time) {}

  private static final KeyedGroups<Row> GROUPS =
      KeyedGroups.of(
          List.of(new RowColumn.Text<>("name", Row::name), new RowColumn.Time<>("ts", Row::time)),
          _ -> STEP);

  @Test
  void aDenseBatchIsOneGroup() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(new Row("s" + i % 500, i / 500 * STEP));
    }

    assertThat(GROUPS.cut(rows)).hasSize(1);
  }

  @Test
  void aGroupIsInTheOrderOfTheBatch() {
    List<Row> rows = List.of(new Row("a", 30), new Row("b", 10), new Row("c", 20));

    assertThat(GROUPS.cut(rows)).containsExactly(rows);
  }

  @Test
  void rowsFarApartAreAskedForOneByOne() {
    List<Row> rows = IntStream.range(0, 20).mapToObj(i -> new Row("s", i * STEP * 1_000)).toList();

    assertThat(GROUPS.cut(rows)).hasSize(20).allMatch(group -> group.size() == 1);
  }

  @Test
  void anyBatchIsCutIntoRangesThatHoldLittleElse() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int names = random.nextInt(1, 50);
      long length = 1L << random.nextInt(2, 24);
      List<Row> rows = new ArrayList<>();
      for (int i = random.nextInt(1, 400); i > 0; i--) {
        rows.add(new Row("s" + random.nextInt(names), random.nextLong(length)));
      }

      List<List<Row>> groups = GROUPS.cut(rows);

      assertThat(groups.stream().flatMap(List::stream).toList())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(rows);
      for (List<Row> group : groups) {
        LongSummaryStatistics times = group.stream().mapToLong(Row::time).summaryStatistics();
        double steps = (double) (times.getMax() - times.getMin()) / STEP + 1;
        long distinct = group.stream().map(Row::name).distinct().count();
        assertThat(steps * distinct)
            .as("seed %d", seed)
            .isLessThanOrEqualTo(KeyedGroups.MOST_TIMES * group.size());
      }
    }
  }
}

package dev.mdp.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdSetTest {
  private static final int CASES = 500;
  private static final int IDS = 60;

  @Test
  void isWhatASetOfIdsIs() {
    for (long seed = 1; seed <= CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      IdSet ids = new IdSet();
      TreeSet<Long> model = new TreeSet<>();
      for (int step = 0; step < 40; step++) {
        long first = random.nextInt(IDS);
        if (random.nextInt(3) == 0) {
          long last = first + random.nextInt(12);
          ids.add(new IdRange(first, last));
          LongStream.rangeClosed(first, last).forEach(model::add);
        } else if (random.nextInt(4) == 0) {
          long last = first + random.nextInt(12);
          ids.remove(new IdRange(first, last));
          LongStream.rangeClosed(first, last).forEach(model::remove);
        } else {
          assertThat(ids.add(first)).as("seed %d", seed).isEqualTo(model.add(first));
        }
        require(seed, ids, model);
      }
    }
  }

  @Test
  void aSeriesWithoutHolesIsOneRange() {
    IdSet ids = new IdSet();
    for (long id = 5; id < 100_000; id++) {
      ids.add(id);
    }

    assertThat(ids.ranges()).containsExactly(new IdRange(5, 99_999));
    assertThat(ids.contiguousThrough()).isEqualTo(99_999);
  }

  @Test
  void theHighestIdsOfAllCountToo() {
    IdSet ids = new IdSet();
    ids.add(new IdRange(5, 9));
    IdRange all = new IdRange(0, Long.MAX_VALUE);

    assertThat(ids.common(all)).containsExactly(new IdRange(5, 9));
    ids.remove(new IdRange(9, Long.MAX_VALUE));
    assertThat(ids.common(all)).containsExactly(new IdRange(5, 8));
    ids.remove(all);
    assertThat(ids.isEmpty()).isTrue();
  }

  private static void require(long seed, IdSet ids, TreeSet<Long> model) {
    List<Long> absent = new ArrayList<>();
    for (long id = 0; id < IDS + 20; id++) {
      assertThat(ids.contains(id)).as("seed %d: %d", seed, id).isEqualTo(model.contains(id));
      if (!model.contains(id)) {
        absent.add(id);
      }
    }
    assertThat(flat(ids.missing(new IdRange(0, IDS + 19)))).as("seed %d", seed).isEqualTo(absent);
    assertThat(flat(ids.ranges())).as("seed %d", seed).isEqualTo(List.copyOf(model));
    assertThat(flat(ids.common(new IdRange(7, IDS - 7))))
        .as("seed %d", seed)
        .isEqualTo(List.copyOf(model.subSet(7L, true, IDS - 7L, true)));
    List<IdRange> ranges = ids.ranges();
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).first())
          .as("seed %d: ranges do not touch", seed)
          .isGreaterThan(ranges.get(i - 1).last() + 1);
    }
  }

  private static List<Long> flat(List<IdRange> ranges) {
    return ranges.stream()
        .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
        .boxed()
        .toList();
  }
}

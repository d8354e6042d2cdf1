package dev.mdp.ops.deadletter;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Deletes the chosen dead letters. One thread.
public final class Purge {
  private static final int MOST_REASONS = 50;

  private final DeadLetters letters;
  private final DeadLetterChoice choice;

  public Purge(DeadLetters letters, DeadLetterChoice choice) {
    this.letters = letters;
    this.choice = choice;
  }

  /// How many letters there are of each reason; the rarest together when there are many.
  public SortedMap<String, Long> reasons() {
    SortedMap<String, Long> reasons = new TreeMap<>();
    DeadLetters.Met met = new DeadLetters.Met();
    choice.pages(page -> {
      for (DeadLetterView letter : page) {
        if (met.add(letter.dead().identity())) {
          String reason = letter.dead().reason();
          boolean named = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
          reasons.merge(named ? reason : "of other reasons", 1L, Long::sum);
        }
      }
    });
    return reasons;
  }

  /// Returns how many letters were deleted; copies go with them.
  public long run() {
    DeadLetters.Met met = new DeadLetters.Met();
    long[] removed = new long[1];
    choice.pages(page -> {
      letters.delete(page);
      removed[0] += distinct(page, met);
    });
    return removed[0];
  }

  private static long distinct(List<DeadLetterView> page, DeadLetters.Met met) {
    return page.stream().filter(letter -> met.add(letter.dead().identity())).count();
  }
}

package dev.mdp.pipeline.shards;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How many shards each member takes: pure arithmetic, the same for every process that computes it.
final class FairShare {
  private FairShare() {}

  /// Every member takes the same number; what is left over goes, one each, to those who hold most
  /// already, so that as few shards as possible move.
  ///
  /// @param held how many shards each living member holds, this one among them
  static int of(String member, Map<String, Integer> held, int shards) {
    List<String> inOrder =
        held.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> each) -> -each.getValue())
                    .thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .toList();
    int place = inOrder.indexOf(member);
    if (place < 0) {
      throw new IllegalArgumentException(member + " is not among " + held.keySet());
    }
    int each = shards / inOrder.size();
    return place < shards % inOrder.size() ? each + 1 : each;
  }
}

package dev.mdp.bench.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ticks of one window by what is known of them.
///
/// @param certain in the ticks' table, and to be in the bar
/// @param lettered in the ticks' table, and a dead letter says that they were sealed
/// @param perhaps may be lost with their log entries, by the loss and in the order of sending
record TickParts(
    List<SentLine.Sent> certain,
    List<SentLine.Sent> lettered,
    SortedMap<Integer, List<SentLine.Sent>> perhaps) {
  private static final int MOST_LETTERS = 12;

  TickParts() {
    this(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
  }

  /// Whether the bar is one of these ticks. Of those that one loss may have taken it has what came
  /// before the first one that is lost, and what was sent when the log was there again: what is
  /// lost lies side by side. A wrong clock brings several losses into one window.
  boolean canMake(@Nullable TickFold bar) {
    return canMake(bar, List.copyOf(perhaps.values()), new ArrayList<>(certain));
  }

  /// @param losses those of which nothing is in `ticks` yet
  private boolean canMake(
      @Nullable TickFold bar, List<List<SentLine.Sent>> losses, List<SentLine.Sent> ticks) {
    long missing = (bar == null ? 0 : bar.count()) - ticks.size();
    int more = losses.stream().mapToInt(List::size).sum();
    if (missing < 0 || missing > more + lettered.size()) {
      return false;
    }
    if (losses.isEmpty()) {
      return withSomeLetters(ticks, bar, (int) missing);
    }
    List<SentLine.Sent> group = losses.getFirst();
    for (int lost = 0; lost <= group.size(); lost++) {
      for (int from = 0; from + lost <= group.size() && (lost > 0 || from == 0); from++) {
        List<SentLine.Sent> kept = new ArrayList<>(ticks);
        kept.addAll(group.subList(0, from));
        kept.addAll(group.subList(from + lost, group.size()));
        if (canMake(bar, losses.subList(1, losses.size()), kept)) {
          return true;
        }
      }
    }
    return false;
  }

  /// With none or all of those that have letters, or, when they are few, any. A tick that was sent
  /// twice, the second time too late, has a letter and is in its bar.
  private boolean withSomeLetters(List<SentLine.Sent> ticks, @Nullable TickFold bar, int letters) {
    if (lettered.size() > MOST_LETTERS) {
      List<SentLine.Sent> chosen = new ArrayList<>(ticks);
      if (letters == lettered.size()) {
        chosen.addAll(lettered);
      }
      return (letters == 0 || letters == lettered.size())
          && Objects.equals(TickFold.of(chosen), bar);
    }
    for (int bits = 0; bits < 1 << lettered.size(); bits++) {
      if (Integer.bitCount(bits) == letters) {
        List<SentLine.Sent> chosen = new ArrayList<>(ticks);
        for (int i = 0; i < lettered.size(); i++) {
          if ((bits & 1 << i) != 0) {
            chosen.add(lettered.get(i));
          }
        }
        if (Objects.equals(TickFold.of(chosen), bar)) {
          return true;
        }
      }
    }
    return false;
  }
}

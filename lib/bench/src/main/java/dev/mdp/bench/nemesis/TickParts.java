package dev.mdp.bench.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The ticks of one window by what is known of them.
///
/// @param certain in the ticks' table, and to be in the bar
/// @param lettered in the ticks' table, and a dead letter says that they were sealed
/// @param perhaps may be lost with their log entries, in the order of sending
record TickParts(
    List<SentLine.Sent> certain, List<SentLine.Sent> lettered, List<SentLine.Sent> perhaps) {
  private static final int MOST_LETTERS = 12;

  TickParts() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /// Whether the bar is one of these ticks. Of those that may be lost it has what came before the
  /// first one that is, and what was sent when the log was there again: what is lost lies side by
  /// side.
  boolean canMake(@Nullable TickFold bar) {
    for (int lost = 0; lost <= perhaps.size(); lost++) {
      for (int from = 0; from + lost <= perhaps.size(); from++) {
        List<SentLine.Sent> ticks = new ArrayList<>(certain);
        ticks.addAll(perhaps.subList(0, from));
        ticks.addAll(perhaps.subList(from + lost, perhaps.size()));
        if (withSomeLetters(ticks, bar)) {
          return true;
        }
        if (lost == 0) {
          break;
        }
      }
    }
    return false;
  }

  /// With none or all of those that have letters, or, when they are few, any. A tick that was sent
  /// twice, the second time too late, has a letter and is in its bar.
  private boolean withSomeLetters(List<SentLine.Sent> ticks, @Nullable TickFold bar) {
    int all = 1 << Math.min(lettered.size(), MOST_LETTERS);
    for (int bits = 0; bits < all; bits++) {
      if (lettered.size() <= MOST_LETTERS || bits == 0 || bits == all - 1) {
        List<SentLine.Sent> chosen = new ArrayList<>(ticks);
        for (int i = 0; i < lettered.size(); i++) {
          if ((bits & 1 << Math.min(i, MOST_LETTERS - 1)) != 0) {
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

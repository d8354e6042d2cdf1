package dev.mdp.bus.codec;

import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// Reads ticks along layouts seen before. It never refuses an entry: whatever is not exactly as
/// predicted is left to the reference reader. One thread.
final class PredictedReader {
  private static final int LAYOUTS = 8;

  /// After this many misses in a row only every N-th is learned from: entries that look different
  /// every time must not cost twice.
  private static final int PATIENCE = 64;

  private final PredictedTick predicted;
  private final @Nullable PredictedLayout[] layouts = new @Nullable PredictedLayout[LAYOUTS];
  private int current;
  private int nextSlot;
  private int misses;

  PredictedReader(Vocabulary vocabulary, TimestampParser times) {
    this.predicted = new PredictedTick(vocabulary, times);
  }

  /// The tick, or null when no layout fits.
  @Nullable Tick read(byte[] data, int from, int to) {
    for (int i = 0; i < LAYOUTS; i++) {
      int slot = (current + i) % LAYOUTS;
      PredictedLayout layout = layouts[slot];
      if (layout != null && predicted.follow(layout, data, from, to)) {
        current = slot;
        misses = 0;
        return predicted.tick();
      }
    }
    return null;
  }

  /// Remembers the layout of an entry that the reference reader took as a tick.
  void learn(byte[] data, int from, int to) {
    misses++;
    if (misses > PATIENCE && misses % PATIENCE != 0) {
      return;
    }
    PredictedLayout layout = LayoutLearner.learn(data, from, to);
    if (layout != null) {
      layouts[nextSlot] = layout;
      current = nextSlot;
      nextSlot = (nextSlot + 1) % LAYOUTS;
    }
  }
}

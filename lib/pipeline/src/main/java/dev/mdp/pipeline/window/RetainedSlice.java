package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import java.util.ArrayList;
import java.util.List;

/// One slice of a lane's event time over all symbols: what is retained in it and where in the log
/// it begins. It is in one window of each interval, so all its events are needed equally long, and
/// it goes as a whole when those windows are sealed. One thread.
final class RetainedSlice {
  private final long start;
  private final Position firstPosition;
  private final List<SymbolWindows> symbols = new ArrayList<>();
  private long events;

  /// @param firstPosition the first entry of the log that belongs to this slice
  RetainedSlice(long start, Position firstPosition) {
    this.start = start;
    this.firstPosition = firstPosition;
  }

  long start() {
    return start;
  }

  Position firstPosition() {
    return firstPosition;
  }

  List<SymbolWindows> symbols() {
    return symbols;
  }

  void retained() {
    events++;
  }

  /// Counts its events as let go; returns how many they were, once.
  long release() {
    long released = events;
    events = 0;
    return released;
  }
}

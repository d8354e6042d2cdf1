package dev.mdp.testkit.venue;

/// Some of a market's sequence: at most N released trades. One thread.
final class Slice {
  private final Listing[] listings;
  private final int[] indexes;
  private int size;

  Slice(int capacity) {
    listings = new Listing[capacity];
    indexes = new int[capacity];
  }

  void clear() {
    size = 0;
  }

  boolean isFull() {
    return size == listings.length;
  }

  void add(Listing listing, int index) {
    listings[size] = listing;
    indexes[size++] = index;
  }

  int size() {
    return size;
  }

  Listing listing(int at) {
    return listings[at];
  }

  /// Which trade of the listing's series.
  int index(int at) {
    return indexes[at];
  }
}

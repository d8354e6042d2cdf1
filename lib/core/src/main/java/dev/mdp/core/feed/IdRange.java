package dev.mdp.core.feed;

/// Trade ids from `first` to `last`, both included.
public record IdRange(long first, long last) {
  public IdRange {
    if (first > last) {
      throw new IllegalArgumentException("ids " + first + " to " + last);
    }
  }

  /// How many ids.
  public long size() {
    return last - first + 1;
  }

  public boolean contains(long id) {
    return first <= id && id <= last;
  }

  @Override
  public String toString() {
    return first == last ? Long.toString(first) : first + "–" + last;
  }
}

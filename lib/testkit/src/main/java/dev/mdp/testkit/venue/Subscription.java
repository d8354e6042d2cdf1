package dev.mdp.testkit.venue;

/// What one connection gets of one symbol. One thread.
final class Subscription {
  private final Listing listing;

  /// The first place of the market's sequence that it gets.
  private final int from;

  /// How many of the symbol's trades went by, sent or not.
  private int passed;

  Subscription(Listing listing, int from, int passed) {
    this.listing = listing;
    this.from = from;
    this.passed = passed;
  }

  String symbol() {
    return listing.symbol();
  }

  Series series() {
    return listing.series();
  }

  boolean includes(int place) {
    return place >= from;
  }

  /// The trade with this index goes by.
  void pass(int index) {
    passed = index + 1;
  }

  int passed() {
    return passed;
  }

  /// The id of the last trade that went by; 0 when there is none.
  long headId() {
    return passed == 0 ? 0 : series().id(passed - 1);
  }
}

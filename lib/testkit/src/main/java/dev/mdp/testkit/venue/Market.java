package dev.mdp.testkit.venue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What the venue has made public of its tape, as one sequence over all symbols. Thread-safe.
final class Market {
  private final Map<String, Listing> listings = new LinkedHashMap<>();
  private final List<Listing> places = new ArrayList<>();
  private final int[] order;
  private final LongSupplier nanoTime;
  private final Runnable changed;

  /// The next place in the order of time; and for each symbol, how many of its places were passed.
  private int nextInOrder;

  private final int[] passed;

  /// The sequence: whose trade, and which of its trades.
  private int[] whose = new int[1024];

  private int[] which = new int[1024];
  private int size;

  private int statusChanges;

  /// @param changed told after each release and change of status, on the thread that caused it
  Market(Tape tape, LongSupplier nanoTime, Runnable changed) {
    for (Series series : tape.all()) {
      Listing listing = new Listing(series);
      places.add(listing);
      listings.put(series.symbol(), listing);
    }
    this.order = tape.inOrderOfTime();
    this.passed = new int[places.size()];
    this.nanoTime = nanoTime;
    this.changed = changed;
  }

  /// Releases a symbol's trades up to and including this id; nothing of one that is halted or gone.
  void release(String symbol, long id) {
    synchronized (this) {
      int place = places.indexOf(known(symbol));
      Listing listing = places.get(place);
      while (listing.canRelease() && listing.series().id(listing.released()) <= id) {
        append(place, listing);
      }
    }
    changed.run();
  }

  /// Releases the next trades in the order of time; returns how many there were. Those of a symbol
  /// that is halted or gone are passed over: [#release(String, long)] gives them later.
  int releaseNext(int count) {
    int done = 0;
    synchronized (this) {
      long at = nanoTime.getAsLong();
      while (done < count && nextInOrder < order.length) {
        int place = order[nextInOrder++];
        Listing listing = places.get(place);
        if (passed[place]++ >= listing.released() && listing.canRelease()) {
          append(place, listing, at);
          done++;
        }
      }
    }
    if (done > 0) {
      changed.run();
    }
    return done;
  }

  /// Releases whatever is left, in the order of time.
  void releaseAll() {
    releaseNext(Integer.MAX_VALUE);
    for (Listing listing : listed()) {
      release(listing.symbol(), Long.MAX_VALUE);
    }
  }

  void becomes(String symbol, Listing.Status status) {
    synchronized (this) {
      known(symbol).becomes(status);
      statusChanges++;
    }
    changed.run();
  }

  /// The id of the newest trade that was released; 0 when there is none.
  synchronized long head(String symbol) {
    Listing listing = known(symbol);
    return listing.released() == 0 ? 0 : listing.series().id(listing.released() - 1);
  }

  /// How often a symbol was halted, resumed or delisted.
  synchronized int statusChanges() {
    return statusChanges;
  }

  /// Empty for a symbol that the venue does not know, or not any more.
  synchronized Optional<Listing> listing(String symbol) {
    return Optional.ofNullable(listings.get(symbol))
        .filter(listing -> listing.status() != Listing.Status.GONE);
  }

  /// Those that the venue knows, by name.
  synchronized List<Listing> listed() {
    return places.stream().filter(listing -> listing.status() != Listing.Status.GONE).toList();
  }

  synchronized int size() {
    return size;
  }

  /// How many of a listing's trades are released now, or had been at a time.
  synchronized int released(Listing listing) {
    return listing.released();
  }

  synchronized int releasedBy(Listing listing, long time) {
    return listing.releasedBy(time);
  }

  synchronized Listing.Status status(Listing listing) {
    return listing.status();
  }

  /// A subscription of the symbol from here on.
  synchronized Subscription subscription(Listing listing) {
    return new Subscription(listing, size, listing.released());
  }

  /// Fills the slice with what follows that place of the sequence.
  synchronized void read(int from, Slice into) {
    into.clear();
    for (int i = from; i < size && !into.isFull(); i++) {
      into.add(places.get(whose[i]), which[i]);
    }
  }

  private void append(int place, Listing listing) {
    append(place, listing, nanoTime.getAsLong());
  }

  private void append(int place, Listing listing, long at) {
    if (size == whose.length) {
      whose = Arrays.copyOf(whose, size * 2);
      which = Arrays.copyOf(which, size * 2);
    }
    whose[size] = place;
    which[size++] = listing.releaseNext(at);
  }

  private Listing known(String symbol) {
    Listing listing = listings.get(symbol);
    if (listing == null) {
      throw new IllegalArgumentException(
          "no symbol '%s' on the tape (it has: %s)".formatted(symbol, listings.keySet()));
    }
    return listing;
  }
}

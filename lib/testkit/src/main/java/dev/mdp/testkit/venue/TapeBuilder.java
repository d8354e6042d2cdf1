package dev.mdp.testkit.venue;

import dev.mdp.core.feed.IdRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a tape of made-up trades shall be like. One thread.
public final class TapeBuilder {
  private final long seed;
  private Instant start = Instant.parse("2026-03-02T09:00:00Z");
  private Duration spacing = Duration.ofMillis(20);
  private long firstId = 1;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, List<IdRange>> missing = new LinkedHashMap<>();
  private final Map<String, List<IdRange>> simultaneous = new LinkedHashMap<>();
  private final Map<String, Map<Long, Duration>> pauses = new LinkedHashMap<>();

  TapeBuilder(long seed) {
    this.seed = seed;
  }

  /// The time of each symbol's first trade.
  public TapeBuilder startingAt(Instant time) {
    start = time;
    return this;
  }

  /// The mean time between two takers' orders of a symbol.
  public TapeBuilder spacing(Duration mean) {
    spacing = mean;
    return this;
  }

  /// The id of each symbol's first trade; 1 unless said.
  public TapeBuilder firstId(long id) {
    firstId = id;
    return this;
  }

  /// Adds a symbol, in the venue's spelling.
  ///
  /// @param trades how many ids it has
  public TapeBuilder symbol(String name, int trades) {
    if (trades < 0 || counts.put(name, trades) != null) {
      throw new IllegalArgumentException(
          "symbol '%s' with %d trades: it is there already, or the number is negative"
              .formatted(name, trades));
    }
    return this;
  }

  /// The venue skips these ids for ever: no stream and no page has them.
  public TapeBuilder without(String symbol, long first, long last) {
    at(missing, symbol).add(new IdRange(first, last));
    return this;
  }

  /// These trades have one time, to the nanosecond.
  public TapeBuilder simultaneous(String symbol, long first, long last) {
    at(simultaneous, symbol).add(new IdRange(first, last));
    return this;
  }

  /// No trade for this long after the one with this id; the next one has the next id.
  public TapeBuilder pause(String symbol, long afterId, Duration length) {
    pauses.computeIfAbsent(known(symbol), _ -> new LinkedHashMap<>()).put(afterId, length);
    return this;
  }

  public Tape build() {
    List<Series> all = new ArrayList<>(counts.size());
    counts.forEach((symbol, trades) -> {
      SeriesPlan plan =
          new SeriesPlan(
              symbol,
              new IdRange(firstId, Math.max(firstId, firstId + trades - 1)),
              start,
              spacing,
              missing.getOrDefault(symbol, List.of()),
              simultaneous.getOrDefault(symbol, List.of()),
              pauses.getOrDefault(symbol, Map.of()));
      all.add(trades == 0 ? new Series(symbol, 0, _ -> none()) : plan.series(seed));
    });
    return new Tape(all);
  }

  private static Trade none() {
    throw new IllegalStateException("an empty series has no trade");
  }

  private List<IdRange> at(Map<String, List<IdRange>> ranges, String symbol) {
    return ranges.computeIfAbsent(known(symbol), _ -> new ArrayList<>());
  }

  private String known(String symbol) {
    if (!counts.containsKey(symbol)) {
      throw new IllegalArgumentException(
          "symbol '%s' is not on the tape yet (it has: %s)".formatted(symbol, counts.keySet()));
    }
    return symbol;
  }
}

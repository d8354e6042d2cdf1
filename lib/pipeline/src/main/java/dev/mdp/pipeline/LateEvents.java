package dev.mdp.pipeline;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.Metrics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which symbols' events came after their window was written or sealed, and how late: counted with
/// the commit that passes them. One thread; [#committed] may be asked when the worker has ended.
public final class LateEvents {
  /// So many symbols are told apart; the others are one, [#OTHER].
  public static final int MAX_SYMBOLS = 500;

  public static final String OTHER = "other";

  private final String group;
  private final Metrics metrics;
  private final List<Late> waiting = new ArrayList<>();
  private final Map<Feed, LateSymbol> committed = new TreeMap<>();

  /// The late events of one symbol.
  ///
  /// @param maxLateMicros the largest distance to the watermark
  public record LateSymbol(String provider, String symbol, long events, long maxLateMicros) {
    LateSymbol plus(long lateMicros) {
      return new LateSymbol(provider, symbol, events + 1, Math.max(maxLateMicros, lateMicros));
    }
  }

  private record Late(String provider, Symbol symbol, long lateMicros) {}

  private record Feed(String provider, String symbol) implements Comparable<Feed> {
    @Override
    public int compareTo(Feed other) {
      int byProvider = provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : symbol.compareTo(other.symbol);
    }
  }

  public LateEvents(String group, Metrics metrics) {
    this.group = group;
    this.metrics = metrics;
  }

  /// An event was late by so much, measured against its feed's watermark.
  public void saw(Tick tick, long lateMicros) {
    waiting.add(new Late(tick.provider(), tick.symbol(), lateMicros));
  }

  /// What was seen is committed.
  public void commit() {
    for (Late late : waiting) {
      Feed feed = new Feed(late.provider(), late.symbol().value());
      if (!committed.containsKey(feed) && committed.size() >= MAX_SYMBOLS) {
        feed = new Feed(OTHER, OTHER);
      }
      LateSymbol before =
          committed.getOrDefault(feed, new LateSymbol(feed.provider(), feed.symbol(), 0, 0));
      committed.put(feed, before.plus(late.lateMicros()));
      metrics.lateEvent(
          group, late.provider(), late.symbol(), Duration.of(late.lateMicros(), ChronoUnit.MICROS));
    }
    waiting.clear();
  }

  /// Forgets what is not committed: it comes again.
  public void discard() {
    waiting.clear();
  }

  /// Every symbol with late events, by provider and symbol.
  public List<LateSymbol> committed() {
    return List.copyOf(committed.values());
  }
}

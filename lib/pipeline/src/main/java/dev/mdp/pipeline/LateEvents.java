package dev.mdp.pipeline;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.core.metrics.PipelineMetrics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which symbols' events came after their window was written or sealed, and how late: counted with
/// the commit that passes them. One thread; [#committed] may be asked when the worker has ended.
public final class LateEvents {
  /// How many symbols are distinguished; the others are one, [#OTHER].
  public static final int MAX_SYMBOLS = 500;

  public static final String OTHER = "other";

  private final String group;
  private final PipelineMetrics metrics;
  private final List<Late> waiting = new ArrayList<>();
  private final Map<Feed, LateSymbol> committed = new TreeMap<>();

  private record Late(String provider, Symbol symbol, long lateMicros) {}

  private record Feed(String provider, String symbol) implements Comparable<Feed> {
    @Override
    public int compareTo(Feed other) {
      int byProvider = provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : symbol.compareTo(other.symbol);
    }
  }

  public LateEvents(String group, PipelineMetrics metrics) {
    this.group = group;
    this.metrics = metrics;
  }

  /// An event was late by this much, measured against its feed's watermark.
  public void report(Tick tick, long lateMicros) {
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
      committed.put(feed, before.plus(1, late.lateMicros()));
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

  /// The symbols with the most late events; what is beyond this many is one, [#OTHER].
  public static List<LateSymbol> most(List<LateSymbol> all, int symbols) {
    List<LateSymbol> sorted =
        all.stream()
            .sorted(
                Comparator.comparingLong(LateSymbol::events)
                    .reversed()
                    .thenComparing(LateSymbol::provider)
                    .thenComparing(LateSymbol::symbol))
            .toList();
    if (sorted.size() <= symbols) {
      return sorted;
    }
    LateSymbol rest = new LateSymbol(OTHER, OTHER, 0, 0);
    for (LateSymbol each : sorted.subList(symbols, sorted.size())) {
      rest = rest.plus(each.events(), each.maxLateMicros());
    }
    List<LateSymbol> shown = new ArrayList<>(sorted.subList(0, symbols));
    shown.add(rest);
    return shown;
  }
}

package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.UnusableTrade;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Trades of a venue that were refused here, on their way to the dead letters: under the group
/// `produce`, and where the entry's position would be, the trade's id. One thread.
final class FeedRefusals implements AutoCloseable {
  private static final String GROUP = "produce";

  private final String topic;
  private final String provider;
  private final int shards;
  private final DeadLetterPublisher publisher;
  private final InstantSource clock;
  private final List<DeadLetter> waiting = new ArrayList<>();
  private long withoutId;

  FeedRefusals(
      String topic,
      String provider,
      int shards,
      DeadLetterPublisher publisher,
      InstantSource clock) {
    this.topic = topic;
    this.provider = provider;
    this.shards = shards;
    this.publisher = publisher;
    this.clock = clock;
  }

  void add(UnusableTrade trade) {
    long now = Micros.of(clock.instant());
    Symbol symbol = symbolOf(trade);
    waiting.add(
        new DeadLetter(
            GROUP,
            topic,
            symbol == null ? 0 : Shards.of(provider, symbol.value(), shards),
            trade.id().isPresent()
                ? new Position(trade.id().getAsLong(), 0)
                : new Position(now, ++withoutId),
            provider,
            trade.reason(),
            "a trade of " + (trade.symbol().isEmpty() ? "an unknown symbol" : trade.symbol()),
            List.of(),
            trade.raw(),
            now));
  }

  /// The trade's symbol, or null when it has none of ours.
  static @Nullable Symbol symbolOf(UnusableTrade trade) {
    String canonical = Symbol.canonical(trade.symbol());
    return Symbol.isCanonical(canonical) ? new Symbol(canonical) : null;
  }

  /// Before anything is noted of them.
  void publish() {
    if (!waiting.isEmpty()) {
      publisher.publish(waiting);
      waiting.clear();
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}

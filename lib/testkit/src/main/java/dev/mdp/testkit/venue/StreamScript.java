package dev.mdp.testkit.venue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What is wrong with the stream of trades. Immutable: each method returns a changed copy.
public final class StreamScript {
  /// In which unit a venue that has the choice gives its times.
  public enum Times {
    /// As the client asked.
    AS_ASKED,
    /// Milliseconds, whatever the client asked.
    MILLIS,
    /// Each in the unit that the one before was not in.
    MIXED
  }

  static final StreamScript CALM = new StreamScript();

  int dropEvery;
  boolean snapshots;
  int tradesPerFrame;
  boolean newestFirst;
  int noiseEvery;
  boolean zeroHeads;
  int blockTradesEvery;
  Times times = Times.AS_ASKED;
  Set<String> refused = Set.of();
  Set<String> silent = Set.of();
  Map<TradeKey, String> prices = Map.of();

  private StreamScript() {}

  /// Trades whose id is a multiple of this are never streamed; heartbeats count them.
  public StreamScript dropEvery(int ids) {
    return copy(stream -> stream.dropEvery = ids);
  }

  /// Kraken: the last 50 trades come with every subscription, though none were asked for. Coinbase
  /// sends `last_match` with every one by itself.
  public StreamScript snapshots() {
    return copy(stream -> stream.snapshots = true);
  }

  /// Kraken: up to this many trades of a symbol share a frame, of any taker.
  public StreamScript tradesPerFrame(int most) {
    return copy(stream -> stream.tradesPerFrame = most);
  }

  /// Kraken: the trades of a frame are in descending order.
  public StreamScript newestFirst() {
    return copy(stream -> stream.newestFirst = true);
  }

  /// After this many messages comes one of an unknown type, or text that is not JSON.
  public StreamScript noiseEvery(int messages) {
    return copy(stream -> stream.noiseEvery = messages);
  }

  /// Coinbase: heartbeats have `last_trade_id` 0.
  public StreamScript zeroHeads() {
    return copy(stream -> stream.zeroHeads = true);
  }

  /// Binance: after this many trades of a symbol comes a block trade, which has an id of another
  /// kind.
  public StreamScript blockTradesEvery(int trades) {
    return copy(stream -> stream.blockTradesEvery = trades);
  }

  /// Binance: the unit of times.
  public StreamScript times(Times unit) {
    return copy(stream -> stream.times = unit);
  }

  /// A subscription of this symbol is refused, as if the venue did not know it.
  public StreamScript refuse(String symbol) {
    return copy(stream -> stream.refused = with(refused, symbol));
  }

  /// A subscription of this symbol is confirmed, and nothing of it ever comes.
  public StreamScript silent(String symbol) {
    return copy(stream -> stream.silent = with(silent, symbol));
  }

  /// The stream has this text as the trade's price.
  public StreamScript price(String symbol, long id, String text) {
    Map<TradeKey, String> more = new HashMap<>(prices);
    more.put(new TradeKey(symbol, id), text);
    return copy(stream -> stream.prices = Map.copyOf(more));
  }

  /// The trade's price as text; the tape's with at least this many decimals unless the script has
  /// another one.
  String price(String symbol, Trade trade, int decimals) {
    String other = prices.isEmpty() ? null : prices.get(new TradeKey(symbol, trade.id()));
    return other == null ? Amount.text(trade.price(), decimals) : other;
  }

  private static Set<String> with(Set<String> symbols, String one) {
    Set<String> more = new HashSet<>(symbols);
    more.add(one);
    return Set.copyOf(more);
  }

  private StreamScript copy(Consumer<StreamScript> change) {
    StreamScript copy = new StreamScript();
    copy.dropEvery = dropEvery;
    copy.snapshots = snapshots;
    copy.tradesPerFrame = tradesPerFrame;
    copy.newestFirst = newestFirst;
    copy.noiseEvery = noiseEvery;
    copy.zeroHeads = zeroHeads;
    copy.blockTradesEvery = blockTradesEvery;
    copy.times = times;
    copy.refused = refused;
    copy.silent = silent;
    copy.prices = prices;
    change.accept(copy);
    return copy;
  }
}

package dev.mdp.bus;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// Which shard an event belongs to; remembers the last pairs of provider and symbol in a fixed
/// number of slots. One thread.
public final class ShardRouter {
  /// What a [LaneEnd] belongs to: every shard.
  public static final int EVERY = -1;

  private static final int SLOTS = 1 << 13;

  private final int shards;
  private final @Nullable String[] providers;
  private final @Nullable Symbol[] symbols;
  private final int[] known;

  public ShardRouter(int shards) {
    this.shards = shards;
    int slots = shards == 1 ? 0 : SLOTS;
    this.providers = new @Nullable String[slots];
    this.symbols = new @Nullable Symbol[slots];
    this.known = new int[slots];
  }

  /// The event's shard, or [#EVERY].
  public int shardOf(MarketEvent event) {
    if (event instanceof LaneEnd) {
      return EVERY;
    }
    return shards == 1
        ? 0
        : switch (event) {
          case Tick tick -> shardOf(tick.provider(), tick.symbol());
          case BarEvent bar -> shardOf(bar.bar().provider(), bar.bar().symbol());
          case LaneEnd _ -> EVERY;
        };
  }

  private int shardOf(String provider, Symbol symbol) {
    int hash = (provider.hashCode() * 31 + symbol.hashCode()) * 0x9e3779b9;
    int slot = hash >>> (32 - 13);
    if (symbol.equals(symbols[slot]) && provider.equals(providers[slot])) {
      return known[slot];
    }
    int shard = Shards.of(provider, symbol.value(), shards);
    providers[slot] = provider;
    symbols[slot] = symbol;
    known[slot] = shard;
    return shard;
  }
}

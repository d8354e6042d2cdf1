package dev.mdp.core.feed;

/// Trades whose ids follow each other without a hole.
public record TradeRun(TradeMark first, TradeMark last) {
  public IdRange ids() {
    return new IdRange(first.id(), last.id());
  }
}

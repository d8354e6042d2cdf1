package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Puts trades into frames of Kraken's channel `trade`: those of one symbol and time share one,
/// with the script's number also those that only follow. One thread.
final class KrakenFrames {
  private final Session session;
  private final List<Trade> pending = new ArrayList<>();
  private String symbol = "";

  KrakenFrames(Session session) {
    this.session = session;
  }

  void add(String of, Trade trade) throws IOException {
    if (!pending.isEmpty() && !isShared(of, trade)) {
      flush();
    }
    symbol = of;
    pending.add(trade);
  }

  private boolean isShared(String of, Trade trade) {
    if (!of.equals(symbol)) {
      return false;
    }
    int most = session.script().tradesPerFrame;
    return most > 0 ? pending.size() < most : pending.getLast().nanos() == trade.nanos();
  }

  void flush() throws IOException {
    if (!pending.isEmpty()) {
      session.send(KrakenText.trades("update", symbol, pending, session.script()));
      pending.clear();
    }
  }
}

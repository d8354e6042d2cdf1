package dev.mdp.cli.scenario;

import java.nio.file.Path;

/// Datasets of recorded trades, as an operator describes them in the configuration.
final class Recorded {
  private Recorded() {}

  static String xrpeth(Path file) {
    return """
    xrpeth:
      type: csv
      path: %s
      provider: binance
      symbol: xrp/eth
      columns: { src_ts: { path: src_ts_ms, unit: ms }, price: price, size: size, seq: agg_trade_id }
    """
        .formatted(file);
  }

  static String btcusdt(Path file) {
    return """
    btcusdt:
      type: ndjson
      path: %s
      provider: binance
      symbol: btcusdt
      prefix: epoch_ns
      columns: { src_ts: { path: data.T, unit: ms }, price: data.p, size: data.q, seq: data.t }
    """
        .formatted(file);
  }
}

package dev.mdp.store.verify;

import dev.mdp.store.TestDatabase;

/// Writes what a feed's owner notes of a series. Times are seconds after the first window's start.
record FeedRows(TestDatabase database) {
  void clear() {
    database.execute("TRUNCATE feed_series, feed_cursors, tick_corrections, prune_bounds");
  }

  /// @param headSeconds when the newest trade of the epoch was
  void epoch(String symbol, int epoch, String ids, long headSeconds) {
    database.execute(
        """
        INSERT INTO feed_cursors (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)
        VALUES ('prov', '%1$s', %2$d, 1, 1, 1000, %4$s);
        INSERT INTO feed_series (provider, symbol, epoch, ids, ts_from)
        VALUES ('prov', '%1$s', %2$d, '%3$s', %4$s)
        """
            .formatted(symbol, epoch, ids, AuditedRows.time(headSeconds)));
  }

  /// @param micros after the second
  void tick(String symbol, long seconds, long micros, long seq) {
    database.execute(
        """
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size, created_at)
        VALUES ('prov', '%s', %s + interval '%d us', %d, 99.5, 0.25, '2025-10-01T00:00:00Z')
        """
            .formatted(symbol, AuditedRows.time(seconds), micros, seq));
  }
}

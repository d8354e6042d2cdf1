package dev.mdp.store.verify;

import dev.mdp.core.event.Micros;
import dev.mdp.store.TestDatabase;

/// Writes ticks, bars and checkpoints as workers would have left them.
record AuditedRows(TestDatabase database) {
  /// The checkpoints of both groups; times are seconds after the first window's start.
  void workers(String bars, long watermark, long sealedThrough, String ticks) {
    workers(bars, watermark, sealedThrough, ticks, System.currentTimeMillis() * 1_000);
    tickWorker("clock_timestamp()");
  }

  /// A process that stores ticks, with its last sign of life.
  void tickWorker(String heartbeat) {
    database.execute("DELETE FROM job_runs WHERE job_name = 'ticks'");
    database.execute(
        "INSERT INTO job_runs (job_name, mode, status, started_at, metadata) VALUES ('ticks', 'live',"
            + " 'running', now() - interval '1 day', jsonb_build_object('last_heartbeat', "
            + heartbeat
            + "))");
  }

  /// @param lastAppend when the last entry came, in microseconds
  void workers(String bars, long watermark, long sealedThrough, String ticks, long lastAppend) {
    database.execute("TRUNCATE stream_checkpoints");
    database.execute(
        """
        INSERT INTO stream_checkpoints (consumer_group, topic, shard, shards, intervals, committed, position, lanes)
        VALUES ('g-tick-consumer', 'mdp.events', 0, 1, '{}', true, '%s', '[]'),
               ('g-micro-batcher', 'mdp.events', 0, 1, '{2s}', true, '%s',
                '[{"provider": "prov", "lane": "", "watermark": %d, "last_append": %d, "last_position": "5-0",
                   "sealed_through": {"2s": %d}, "begins_at": {}, "ended": false, "conflicting": 0}]')
        """
            .formatted(
                ticks, bars, Progress.at(watermark), lastAppend, Progress.at(sealedThrough)));
  }

  void tick(long seconds, long seq) {
    database.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price, size) VALUES ('prov', 'SPY', "
            + time(seconds)
            + ", "
            + seq
            + ", 99.5, 0.1)");
  }

  void build(String interval, long seconds) {
    database.execute(
        """
        INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count)
        SELECT provider, symbol, '%s', date_bin('%d s', ts, %s), (array_agg(price ORDER BY ts, seq))[1],
               max(price), min(price), (array_agg(price ORDER BY ts DESC, seq DESC))[1],
               sum(size::text::numeric)::float8,
               (round(sum(price::text::numeric * size::text::numeric), 100) / sum(size::text::numeric))::float8,
               count(*)
          FROM tick_data GROUP BY 1, 2, 4
        """
            .formatted(interval, seconds, time(0)));
  }

  static String time(long seconds) {
    return "timestamptz '" + Micros.format(Progress.at(seconds)) + "'";
  }
}

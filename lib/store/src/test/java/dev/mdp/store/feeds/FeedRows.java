package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.IdEvidence.Noted;
import dev.mdp.store.TestDatabase;
import dev.mdp.testkit.store.FeedHistory;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the rows that feeds and those who store their ticks would have left.
record FeedRows(TestDatabase database) {
  void clear() {
    database.execute(
        "TRUNCATE tick_data, feed_positions, feed_cursors, feed_series, feed_gaps, feed_states,"
            + " stream_checkpoints, job_runs");
  }

  void write(FeedHistory history) {
    clear();
    insert(
        "tick_data (provider, symbol, ts, seq, price, size)",
        history.stored().stream()
            .map(each -> "%s, %d, 1, 1".formatted(time(each.micros()), each.id()))
            .toList());
    history.series().cursor().ifPresent(cursor -> series(history, cursor));
    insert(
        "feed_states (provider, symbol, state, ts_from, ts_to, session)",
        history.states().stream()
            .map(each ->
                "'%s', %s, %s, 1"
                    .formatted(each.state().word(), time(each.fromMicros()), time(each.toMicros())))
            .toList());
    insert(
        "feed_gaps (provider, symbol, id, epoch, id_from, id_to, ts_from, ts_to, state, reason, found_at, closed_at)",
        history.noted().stream().map(FeedRows::gap).toList());
  }

  private void series(FeedHistory history, FeedCursor cursor) {
    insert(
        "feed_cursors (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)",
        List.of(
            "0, %d, %d, %d, %s"
                .formatted(
                    cursor.firstId(),
                    cursor.contiguousThrough(),
                    cursor.head().id(),
                    time(cursor.head().micros()))));
    insert(
        "feed_series (provider, symbol, epoch, ids, ts_from)",
        List.of(
            "0, '%s', %s"
                .formatted(history.series().ids().word(), time(history.series().begunMicros()))));
  }

  private static String gap(Noted noted) {
    FeedGap gap = noted.gap();
    return "%d, 0, %d, %d, %s, %s, '%s', '%s', %s, %s"
        .formatted(
            noted.number(),
            gap.ids().first(),
            gap.ids().last(),
            time(gap.below().micros()),
            time(gap.above().micros()),
            gap.state().word(),
            gap.reason(),
            time(gap.foundMicros()),
            gap.closedMicros() == 0 ? "NULL" : time(gap.closedMicros()));
  }

  private void insert(String into, List<String> rows) {
    if (!rows.isEmpty()) {
      database.execute(
          "INSERT INTO "
              + into
              + " VALUES "
              + rows.stream()
                  .map(row -> "('venue', 'BTC-USD', " + row + ")")
                  .collect(Collectors.joining(", ")));
    }
  }

  /// Where the feed noted that the log ended, and who stores the ticks how far.
  ///
  /// @param lease when the owner's lease ends; `NULL` without an owner
  void positions(String noted, String lease, String stored) {
    database.execute("TRUNCATE feed_positions, stream_checkpoints");
    database.execute(
        "INSERT INTO feed_positions (provider, shard, topic, shards, position, owner, lease_until, epoch)"
            + " VALUES ('venue', 0, 'mdp.events', 1, '%s', 'me', %s, 1)".formatted(noted, lease));
    database.execute(
        "INSERT INTO stream_checkpoints (consumer_group, topic, shard, shards, intervals, committed, position)"
            + " VALUES ('g-tick-consumer', 'mdp.events', 0, 1, '{}', true, '%s')"
                .formatted(stored));
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

  static String time(long micros) {
    return "timestamptz '" + Micros.format(micros) + "'";
  }
}

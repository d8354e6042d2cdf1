package dev.mdp.bench.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Compares what the senders wrote down with what `tick_data` has.
///
/// @param acknowledged ticks that Redis took
/// @param found of these in `tick_data`, with the same price and size
/// @param future refused because their clock was ahead, each with its dead letter
/// @param destroyed removed from the log by FLUSHALL or XTRIM before they were stored
/// @param inWindow acknowledged in the last seconds before a kill of Redis that cut its file
/// @param lost gone without any of these reasons
/// @param unknown rows that no sender tried to send, or of another price or size
record SentEventsAudit(
    long acknowledged,
    long found,
    long future,
    long destroyed,
    long inWindow,
    long lost,
    long unknown,
    List<String> samples) {
  private static final int BATCH = 5_000;
  private static final int SAMPLES = 10;

  boolean good() {
    return lost == 0 && unknown == 0;
  }

  /// Reads the logs of the senders into `nemesis.sent`.
  static void load(Connection connection, List<Path> logs) throws IOException, SQLException {
    long order = 0;
    for (Path log : logs) {
      if (Files.exists(log)) { // else it was killed before it began
        List<SentLine.Sent> batch = new ArrayList<>();
        SentLine.read(log, order, batch::add);
        order += batch.size();
        add(connection, batch);
      }
    }
    index(connection);
  }

  /// Adds to `nemesis.sent`.
  static void add(Connection connection, List<SentLine.Sent> events) throws SQLException {
    for (int from = 0; from < events.size(); from += BATCH) {
      insert(connection, events.subList(from, Math.min(events.size(), from + BATCH)));
    }
  }

  /// After all was added.
  static void index(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE INDEX ON nemesis.sent (provider, symbol, ts, seq)");
      statement.execute("ANALYZE nemesis.sent");
      statement.execute("ANALYZE tick_data");
    }
  }

  private static void insert(Connection connection, List<SentLine.Sent> ticks) throws SQLException {
    String sql =
        """
        INSERT INTO nemesis.sent
        SELECT p, s, timestamptz 'epoch' + micros * interval '1 microsecond', q, price, size, ack, ord
          FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[],
                      ?::bigint[], ?::bigint[]) AS t(p, s, micros, q, price, size, ack, ord)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      array(statement, 1, "text", ticks.stream().map(SentLine.Sent::provider).toArray());
      array(statement, 2, "text", ticks.stream().map(SentLine.Sent::symbol).toArray());
      array(statement, 3, "int8", ticks.stream().map(SentLine.Sent::micros).toArray());
      array(statement, 4, "int8", ticks.stream().map(SentLine.Sent::seq).toArray());
      array(statement, 5, "float8", ticks.stream().map(SentLine.Sent::price).toArray());
      array(statement, 6, "float8", ticks.stream().map(SentLine.Sent::size).toArray());
      array(statement, 7, "int8", ticks.stream().map(SentLine.Sent::ackMicros).toArray());
      array(statement, 8, "int8", ticks.stream().map(SentLine.Sent::order).toArray());
      statement.executeUpdate();
    }
  }

  private static void array(PreparedStatement statement, int index, String type, Object[] values)
      throws SQLException {
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }

  static SentEventsAudit judge(Connection connection, DeadLetterTail letters, Losses losses)
      throws SQLException {
    long acknowledged =
        Queries.count(connection, "SELECT count(*) FROM nemesis.sent WHERE ack > 0");
    long found =
        Queries.count(
            connection,
            "SELECT count(*) FROM nemesis.sent JOIN tick_data USING (provider, symbol, ts, seq, price, size) WHERE ack > 0");
    long unknown =
        Queries.count(
            connection,
            "SELECT count(*) FROM (SELECT provider, symbol, ts, seq, price, size FROM tick_data EXCEPT SELECT provider, symbol, ts, seq, price, size FROM nemesis.sent) x");
    Sorted sorted = new Sorted();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT provider, symbol, (extract(epoch FROM ts) * 1000000)::bigint, seq, price, size,
                       ack, ord
                  FROM nemesis.sent s
                 WHERE ack > 0 AND NOT EXISTS (SELECT FROM tick_data t
                        WHERE (t.provider, t.symbol, t.ts, t.seq) = (s.provider, s.symbol, s.ts, s.seq))
                 ORDER BY ack
                """)) {
      while (rows.next()) {
        sorted.add(Queries.sent(rows), letters, losses);
      }
    }
    return new SentEventsAudit(
        acknowledged,
        found,
        sorted.future,
        sorted.destroyed,
        sorted.inWindow,
        sorted.lost,
        unknown,
        sorted.samples);
  }

  /// Ticks that are not stored, by the reason.
  private static final class Sorted {
    final List<String> samples = new ArrayList<>();
    long future;
    long destroyed;
    long inWindow;
    long lost;

    void add(SentLine.Sent tick, DeadLetterTail letters, Losses losses) {
      if (letters.isFuture(tick.id())) {
        future++;
      } else if (losses.isDestroyed(tick.id())) {
        destroyed++;
      } else if (losses.isInCut(tick.ackMicros())) {
        inWindow++;
      } else {
        lost++;
        if (samples.size() < SAMPLES) {
          samples.add("lost: " + tick.id() + " acknowledged at " + tick.ackMicros());
        }
      }
    }
  }
}

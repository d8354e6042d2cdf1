package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the tables say of the venues' trades after all. Nothing is forgiven: not what Redis lost,
/// and not what a database lost that went back.
///
/// @param trades that are stored
/// @param twice of these, beyond one for each id
/// @param holes that were noted, by reason and state
/// @param repaired how many bars differed before `verify bars --repair`
/// @param findings what is wrong, in words
record FeedAudit(
    long trades, long twice, Map<String, Long> holes, long repaired, List<String> findings) {
  private static final int SAMPLES = 10;

  private static final String SERIES =
      """
      SELECT provider, symbol, count(*), count(DISTINCT seq), min(seq), max(seq)
        FROM tick_data GROUP BY provider, symbol
      """;

  private static final String HOLES =
      "SELECT reason || ' ' || state, count(*) FROM feed_gaps GROUP BY 1";

  /// The venues keep everything, and every trade is good: no other word is right.
  private static final String WRONG_WORD =
      """
      SELECT provider || ' ' || symbol || ': hole ' || id_from || ' to ' || id_to || ' is ' || state || ' (' || reason || ')'
        FROM feed_gaps WHERE state <> 'filled' ORDER BY 1
      """;

  private static final String WAITING =
      """
      SELECT 'a bar waits for its repair: ' || provider || ' ' || symbol || ' ' || interval || ' ' || ts
        FROM pending_repairs ORDER BY 1
      """;

  boolean good() {
    return trades > 0 && twice == 0 && findings.isEmpty();
  }

  /// @param before the bars before they were repaired
  /// @param after the same afterwards
  static FeedAudit judge(
      Connection connection,
      FeedSource source,
      SentEventsAudit events,
      BarCheck before,
      BarCheck after)
      throws SQLException {
    List<String> findings = new ArrayList<>(source.behind(connection));
    long[] trades = series(connection, source, findings);
    findings.addAll(lines(connection, WRONG_WORD));
    findings.addAll(lines(connection, WAITING));
    if (events.future() > 0) {
      findings.add(events.future() + " trades are dead letters of a wrong clock");
    }
    if (before.late() > 0) {
      findings.add(before.late() + " bars lack trades that came too late");
    }
    long left = after.wrong() + after.late() + after.givenUp() + after.cut();
    if (left > 0) {
      findings.add(left + " bars differ after verify bars --repair: " + after.samples());
    }
    return new FeedAudit(trades[0], trades[1], holes(connection), before.givenUp(), findings);
  }

  /// Adds what differs from the tapes; returns the number of rows, and of those that are too many.
  private static long[] series(Connection connection, FeedSource source, List<String> findings)
      throws SQLException {
    Map<String, String> stored = new TreeMap<>();
    long rows = 0;
    long twice = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SERIES)) {
      while (row.next()) {
        rows += row.getLong(3);
        twice += row.getLong(3) - row.getLong(4);
        stored.put(
            row.getString(1) + " " + row.getString(2),
            words(row.getLong(4), row.getLong(5), row.getLong(6)));
      }
    }
    for (LiveVenue venue : source.venues()) {
      for (String symbol : venue.symbols()) {
        String series = venue.provider() + " " + symbol;
        long first = source.firstId(venue.provider(), symbol);
        long head = venue.head(symbol);
        String want = words(head - first + 1, first, head);
        if (!want.equals(stored.get(series))) {
          findings.add(series + ": stored are " + stored.get(series) + ", not " + want);
        }
      }
    }
    return new long[] {rows, twice};
  }

  private static String words(long ids, long first, long last) {
    return "%d ids from %d to %d".formatted(ids, first, last);
  }

  private static Map<String, Long> holes(Connection connection) throws SQLException {
    Map<String, Long> holes = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HOLES)) {
      while (rows.next()) {
        holes.put(rows.getString(1), rows.getLong(2));
      }
    }
    return holes;
  }

  private static List<String> lines(Connection connection, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next() && lines.size() < SAMPLES) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  void print(PrintStream out) {
    out.printf(
        "feeds        trades stored %,d, twice %,d; bars that an accepted loss gave up, all repaired by verify bars --repair %,d%n",
        trades, twice, repaired);
    out.println("holes        " + holes);
  }
}

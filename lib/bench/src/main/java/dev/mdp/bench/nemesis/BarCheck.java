package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Shards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares all bars with a recompute from `tick_data`, both ways, and looks at what differs.
///
/// @param checked windows that have a bar or ticks, less those that were given up
/// @param wrong bars that no documented reason explains
/// @param givenUp windows that differ and that the checkpoint does not claim, after a loss of the
///   log
/// @param late windows that equal the ticks without some that have a `sealed` dead letter
/// @param cut windows that lack or hold ticks only from Redis's last seconds, or from entries that
///   were destroyed unread
record BarCheck(long checked, long wrong, long givenUp, long late, long cut, List<String> samples) {
  private static final int SAMPLES = 10;

  static BarCheck judge(
      Connection connection, Versions versions, DeadLetterTail letters, Losses losses)
      throws SQLException {
    long checked = 0;
    long[] counts = new long[Explanation.values().length];
    List<String> samples = new ArrayList<>();
    for (String interval : TestBed.INTERVALS) {
      checked += windows(connection, interval);
      WindowTicks ticks = new WindowTicks(connection, interval, letters, losses);
      for (Window window : differing(connection, interval)) {
        Explanation why =
            versions.givesUp(window.shard(), window.provider(), interval, window.startMicros())
                ? Explanation.GIVEN_UP
                : ticks.explain(window);
        counts[why.ordinal()]++;
        if (why == Explanation.NONE && samples.size() < SAMPLES) {
          samples.add("wrong: " + interval + " " + ticks.describe(window));
        }
      }
    }
    long givenUp = counts[Explanation.GIVEN_UP.ordinal()];
    return new BarCheck(
        checked - givenUp,
        counts[Explanation.NONE.ordinal()],
        givenUp,
        counts[Explanation.SEALED.ordinal()],
        counts[Explanation.CUT.ordinal()],
        samples);
  }

  /// Why a bar differs from the ticks.
  enum Explanation {
    NONE,
    GIVEN_UP,
    SEALED,
    CUT
  }

  /// A window that differs, with the bar that is there or null.
  record Window(String provider, String symbol, long startMicros, @Nullable TickFold stored) {
    int shard() {
      return Shards.of(provider, symbol, TestBed.SHARDS);
    }
  }

  private static long windows(Connection connection, String interval) throws SQLException {
    return Queries.count(
        connection,
        "SELECT count(*) FROM (SELECT provider, symbol, ts FROM ("
            + Queries.recomputed(interval)
            + ") r UNION SELECT provider, symbol, ts FROM ("
            + Queries.stored(interval)
            + ") s) x");
  }

  private static List<Window> differing(Connection connection, String interval)
      throws SQLException {
    String sql =
        """
        WITH r AS (%1$s), s AS (%2$s),
             d AS (SELECT provider, symbol, ts FROM (SELECT * FROM r EXCEPT SELECT * FROM s) a
                   UNION SELECT provider, symbol, ts FROM (SELECT * FROM s EXCEPT SELECT * FROM r) b)
        SELECT provider, symbol, (extract(epoch FROM ts) * 1000000)::bigint,
               open, high, low, close, volume, vwap, trade_count
          FROM d LEFT JOIN s USING (provider, symbol, ts) ORDER BY 3, 1, 2
        """
            .formatted(Queries.recomputed(interval), Queries.stored(interval));
    List<Window> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(new Window(rows.getString(1), rows.getString(2), rows.getLong(3), bar(rows)));
      }
    }
    return all;
  }

  private static @Nullable TickFold bar(ResultSet rows) throws SQLException {
    double open = rows.getDouble(4);
    if (rows.wasNull()) {
      return null;
    }
    double high = rows.getDouble(5);
    double low = rows.getDouble(6);
    double close = rows.getDouble(7);
    double volume = rows.getDouble(8);
    double vwap = rows.getDouble(9);
    return new TickFold(
        open, high, low, close, volume, rows.wasNull() ? Double.NaN : vwap, rows.getLong(10));
  }

  /// How many bars differ, without a look at the reasons.
  static long difference(Connection connection) throws SQLException {
    long all = 0;
    for (String interval : TestBed.INTERVALS) {
      all += differing(connection, interval).size();
    }
    return all;
  }

  /// Makes one stored bar wrong, for the proof that a verdict can be bad.
  static void spoil(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE bars_ohlcv SET close = close + 1 WHERE (provider, symbol, interval, ts) = (SELECT provider, symbol, interval, ts FROM bars_ohlcv ORDER BY ts DESC LIMIT 1)")) {
      statement.executeUpdate();
    }
  }
}

package dev.mdp.bench.nemesis;

import dev.mdp.core.event.Interval;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Looks for the reason why a window's bar is not what its ticks make. There are two: a tick came
/// after its window was sealed, and a dead letter says so; or its log entry was lost with Redis's
/// last second, or destroyed unread, so that of bars and ticks only one has it. Lost entries are
/// the last ones of the log, so a bar has a first part of them and lacks the rest.
final class WindowTicks {
  private static final int MOST_LETTERS = 12;

  private final Connection connection;
  private final String interval;
  private final Letters letters;
  private final Losses losses;

  WindowTicks(Connection connection, String interval, Letters letters, Losses losses) {
    this.connection = connection;
    this.interval = interval;
    this.letters = letters;
    this.losses = losses;
  }

  private record Parts(
      List<SentLine.Sent> certain, List<SentLine.Sent> lettered, List<SentLine.Sent> perhaps) {}

  BarVerdict.Explanation explain(BarVerdict.Window window) throws SQLException {
    Parts parts = parts(window);
    BarVerdict.Explanation reason =
        parts.perhaps.isEmpty() ? BarVerdict.Explanation.SEALED : BarVerdict.Explanation.CUT;
    for (int perhaps = parts.perhaps.size(); perhaps >= 0; perhaps--) {
      List<SentLine.Sent> ticks = new ArrayList<>(parts.certain);
      ticks.addAll(parts.perhaps.subList(0, perhaps));
      if (someLetters(ticks, parts.lettered, window)) {
        return reason;
      }
    }
    return BarVerdict.Explanation.NONE;
  }

  /// Whether the bar is made of these ticks and some that have letters: none of them or all, or,
  /// when they are few, any. A tick that was sent twice, the second time too late, has a letter and
  /// is in its bar.
  private static boolean someLetters(
      List<SentLine.Sent> ticks, List<SentLine.Sent> lettered, BarVerdict.Window window) {
    int all = 1 << Math.min(lettered.size(), MOST_LETTERS);
    for (int bits = 0; bits < all; bits++) {
      if (lettered.size() <= MOST_LETTERS || bits == 0 || bits == all - 1) {
        List<SentLine.Sent> chosen = new ArrayList<>(ticks);
        for (int i = 0; i < lettered.size(); i++) {
          if ((bits & 1 << Math.min(i, MOST_LETTERS - 1)) != 0) {
            chosen.add(lettered.get(i));
          }
        }
        if (Objects.equals(TickFold.of(chosen), window.stored())) {
          return true;
        }
      }
    }
    return false;
  }

  /// The window, its bar and what its ticks would make, for a person.
  String describe(BarVerdict.Window window) throws SQLException {
    Parts parts = parts(window);
    return "%s; certain are %s; %d more have letters, %d more may be lost"
        .formatted(
            window,
            parts.certain.stream()
                .map(tick -> tick.id() + " acknowledged " + tick.ackMicros())
                .toList(),
            parts.lettered.size(),
            parts.perhaps.size());
  }

  private Parts parts(BarVerdict.Window window) throws SQLException {
    Parts parts = new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String sql =
        """
        SELECT s.provider, s.symbol, (extract(epoch FROM s.ts) * 1000000)::bigint, s.seq, s.price,
               s.size, s.ack, s.ord, t.ts IS NOT NULL
          FROM nemesis.sent s LEFT JOIN tick_data t USING (provider, symbol, ts, seq)
         WHERE provider = ? AND symbol = ?
           AND ts >= timestamptz 'epoch' + ? * interval '1 microsecond'
           AND ts < timestamptz 'epoch' + ? * interval '1 microsecond'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, window.provider());
      statement.setString(2, window.symbol());
      statement.setLong(3, window.startMicros());
      statement.setLong(4, window.startMicros() + Interval.parse(interval).micros());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sort(Queries.sent(rows), rows.getBoolean(9), parts);
        }
      }
    }
    parts.perhaps.sort(Comparator.comparingLong(SentLine.Sent::order));
    return parts;
  }

  private void sort(SentLine.Sent tick, boolean stored, Parts parts) {
    boolean destroyed =
        stored ? losses.isDestroyedUnread(tick.id()) : losses.isDestroyed(tick.id());
    boolean mayBeLost =
        destroyed
            || (tick.acknowledged()
                ? losses.isInCut(tick.ackMicros())
                : losses.isNearCut(tick.micros()));
    if (stored && letters.isSealed(tick.id(), interval)) {
      parts.lettered.add(tick);
    } else if (mayBeLost) {
      parts.perhaps.add(tick);
    } else if (stored) {
      parts.certain.add(tick);
    }
  }
}

package dev.mdp.bench.nemesis;

import dev.mdp.core.event.Interval;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// Looks for the reason why a window's bar is not what its ticks make. There are two: a tick came
/// after its window was sealed, and a dead letter says so; or its log entry was lost with Redis's
/// last second, or destroyed unread, so that of bars and ticks only one has it.
final class WindowTicks {
  private static final Comparator<SentLine.Sent> SENDING =
      Comparator.comparingLong(SentLine.Sent::order);

  private final Connection connection;
  private final String interval;
  private final DeadLetterTail letters;
  private final Losses losses;

  WindowTicks(Connection connection, String interval, DeadLetterTail letters, Losses losses) {
    this.connection = connection;
    this.interval = interval;
    this.letters = letters;
    this.losses = losses;
  }

  BarCheck.Explanation explain(BarCheck.Window window) throws SQLException {
    TickParts parts = parts(window);
    if (!parts.canMake(window.stored())) {
      return BarCheck.Explanation.NONE;
    }
    return parts.perhaps().isEmpty() ? BarCheck.Explanation.SEALED : BarCheck.Explanation.CUT;
  }

  /// The window, its bar and what its ticks would make, for a person.
  String describe(BarCheck.Window window) throws SQLException {
    TickParts parts = parts(window);
    return "%s; certain are %s; %d more have letters; may be lost %s"
        .formatted(
            window,
            acknowledged(parts.certain()),
            parts.lettered().size(),
            parts.perhaps().values().stream().map(WindowTicks::acknowledged).toList());
  }

  private static List<String> acknowledged(List<SentLine.Sent> ticks) {
    return ticks.stream().map(tick -> tick.id() + " acknowledged " + tick.ackMicros()).toList();
  }

  private TickParts parts(BarCheck.Window window) throws SQLException {
    TickParts parts = new TickParts();
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
    parts.perhaps().values().forEach(loss -> loss.sort(SENDING));
    return parts;
  }

  private void sort(SentLine.Sent tick, boolean stored, TickParts parts) {
    OptionalInt loss = losses.lossOf(tick, stored);
    if (stored && letters.isSealed(tick.id(), interval)) {
      parts.lettered().add(tick);
    } else if (loss.isPresent()) {
      parts.perhaps().computeIfAbsent(loss.getAsInt(), _ -> new ArrayList<>()).add(tick);
    } else if (stored) {
      parts.certain().add(tick);
    }
  }
}

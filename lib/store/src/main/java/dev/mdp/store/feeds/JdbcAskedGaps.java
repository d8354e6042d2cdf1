package dev.mdp.store.feeds;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedReader.Gap;
import dev.mdp.core.feed.GapState;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.KeptOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The marks of `feed_gaps` in PostgreSQL. Thread-safe.
public final class JdbcAskedGaps implements AskedGaps {
  private static final String FIND =
      "SELECT id, provider, "
          + GapTable.SELECTED
          + " FROM feed_gaps WHERE id = ANY (?) ORDER BY id";

  private static final String ASK =
      "UPDATE feed_gaps SET asked_at = coalesce(asked_at, clock_timestamp())"
          + " WHERE id = ANY (?) AND state = ANY (?)";

  private static final String IS_ANY =
      "SELECT EXISTS (SELECT FROM feed_gaps WHERE provider = ? AND asked_at IS NOT NULL)";

  /// In one order for all who take.
  private static final String ASKED =
      "SELECT id, "
          + GapTable.SELECTED
          + ", epoch = (SELECT max(c.epoch) FROM feed_cursors c WHERE c.provider = g.provider"
          + " AND c.symbol = g.symbol) AS is_newest"
          + " FROM feed_gaps g WHERE provider = ? AND asked_at IS NOT NULL"
          + " ORDER BY id FOR UPDATE OF g";

  private static final String OPEN =
      "UPDATE feed_gaps SET asked_at = NULL, state = 'open', tries = 0, void_since = NULL,"
          + " closed_at = NULL WHERE id = ANY (?)";

  private static final String UNMARK = "UPDATE feed_gaps SET asked_at = NULL WHERE id = ANY (?)";

  private static final String OUTCOME =
      """
      SELECT state, sum(least(id_to, ?)::numeric - greatest(id_from, ?) + 1)::bigint, bool_or(asked_at IS NOT NULL)
        FROM feed_gaps
       WHERE provider = ? AND symbol = ? AND epoch = ? AND id_from <= ? AND id_to >= ?
       GROUP BY state
      """;

  private final Database database;

  public JdbcAskedGaps(Database database) {
    this.database = database;
  }

  @Override
  public List<Gap> find(List<Long> numbers) {
    return database.query(
        "look for gaps of feeds",
        connection -> {
          List<Gap> found = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            bind(statement, 1, numbers);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                found.add(
                    new Gap(row.getLong("id"), row.getString("provider"), GapTable.read(row)));
              }
            }
          }
          return found;
        });
  }

  @Override
  public void ask(List<Long> numbers) {
    database.transaction(
        "mark gaps of feeds",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ASK)) {
            bind(statement, 1, numbers);
            statement.setArray(
                2,
                connection.createArrayOf(
                    "text",
                    Arrays.stream(GapState.values())
                        .filter(GapState::mayBeAskedAgain)
                        .map(GapState::word)
                        .toArray()));
            return statement.executeUpdate();
          }
        });
  }

  /// The row of the lease is locked first, as in a commit.
  @Override
  public List<AskedGap> take(FeedLease lease) {
    return database.transaction(
        "take up what is asked for of " + lease.key(),
        connection -> {
          if (!isAny(connection, lease.key())) {
            return List.of();
          }
          PositionTable.requireMine(connection, lease);
          Taken taken = asked(connection, lease.key());
          update(connection, OPEN, taken.open);
          update(connection, UNMARK, taken.unmarked);
          return taken.gaps;
        });
  }

  private static boolean isAny(Connection connection, FeedKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_ANY)) {
      statement.setString(1, key.provider());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private record Taken(List<AskedGap> gaps, List<Long> open, List<Long> unmarked) {}

  private static Taken asked(Connection connection, FeedKey key) throws SQLException {
    Taken taken = new Taken(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (PreparedStatement statement = connection.prepareStatement(ASKED)) {
      statement.setString(1, key.provider());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          FeedGap gap = GapTable.read(row);
          if (Shards.of(key.provider(), gap.symbol().value(), key.shards()) != key.shard()) {
            continue;
          }
          if (row.getBoolean("is_newest") && gap.state().mayBeAskedAgain()) {
            taken.gaps.add(new AskedGap(gap.again(), gap.state()));
            taken.open.add(row.getLong("id"));
          } else {
            taken.unmarked.add(row.getLong("id"));
          }
        }
      }
    }
    return taken;
  }

  private static void update(Connection connection, String sql, List<Long> numbers)
      throws SQLException {
    if (!numbers.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, 1, numbers);
        KeptOut.require("feed_gaps", numbers.size(), statement.executeUpdate());
      }
    }
  }

  private static void bind(PreparedStatement statement, int index, List<Long> numbers)
      throws SQLException {
    statement.setArray(index, statement.getConnection().createArrayOf("int8", numbers.toArray()));
  }

  @Override
  public List<Outcome> outcomes(List<Gap> asked) {
    return database.query(
        "look what became of gaps of feeds",
        connection -> {
          List<Outcome> outcomes = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(OUTCOME)) {
            for (Gap each : asked) {
              outcomes.add(outcome(statement, each));
            }
          }
          return outcomes;
        });
  }

  private static Outcome outcome(PreparedStatement statement, Gap asked) throws SQLException {
    FeedGap gap = asked.gap();
    statement.setLong(1, gap.ids().last());
    statement.setLong(2, gap.ids().first());
    statement.setString(3, asked.provider());
    statement.setString(4, gap.symbol().value());
    statement.setInt(5, gap.epoch());
    statement.setLong(6, gap.ids().last());
    statement.setLong(7, gap.ids().first());
    Map<GapState, Long> ids = new EnumMap<>(GapState.class);
    boolean waits = false;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.put(GapState.of(row.getString(1)), row.getLong(2));
        waits |= row.getBoolean(3);
      }
    }
    return new Outcome(asked, ids, waits);
  }
}

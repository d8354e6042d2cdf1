package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.TestDatabase;
import dev.mdp.testkit.store.FeedStoreContract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// As members of `mdp_writer` and, to look, of `mdp_reader`.
class JdbcFeedStoreIT extends FeedStoreContract {
  private static TestDatabase database;
  private static Logins logins;
  private static PostgresStore first;
  private static PostgresStore second;
  private static PostgresStore looking;

  /// How much time was made to pass: for leases that were given before.
  private volatile Duration passed = Duration.ZERO;

  @BeforeAll
  static void open() {
    database = TestDatabase.migrated();
    logins = new Logins(database);
    first = logins.store("mdp_writer");
    second = logins.store("mdp_writer");
    looking = logins.store("mdp_reader");
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
    looking.close();
    logins.close();
    database.close();
  }

  @Override
  protected FeedStore store() {
    return new OlderLeases(first.feeds(), () -> passed);
  }

  @Override
  protected FeedStore otherStore() {
    return new OlderLeases(second.feeds(), () -> passed);
  }

  @Override
  protected FeedReader reader() {
    return looking.feedReader();
  }

  @Override
  protected AskedGaps asked() {
    return second.askedGaps();
  }

  @Override
  protected void pass(Duration time) {
    passed = passed.plus(time);
    database.execute(
        "UPDATE feed_positions SET lease_until = lease_until - interval '%d ms' WHERE provider = '%s'"
            .formatted(time.toMillis(), provider));
  }

  @Override
  protected List<FeedInterval> intervals(String of) {
    String sql =
        "SELECT symbol, state, ts_from, ts_to FROM feed_states WHERE provider = ? ORDER BY symbol, ts_from";
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, of);
      List<FeedInterval> all = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          all.add(
              new FeedInterval(
                  new Symbol(row.getString(1)),
                  FeedInterval.State.of(row.getString(2)),
                  Micros.of(row.getObject(3, OffsetDateTime.class).toInstant()),
                  Micros.of(row.getObject(4, OffsetDateTime.class).toInstant())));
        }
      }
      assertThat(all).isSortedAccordingTo((a, b) -> a.symbol().compareTo(b.symbol()));
      return all;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}

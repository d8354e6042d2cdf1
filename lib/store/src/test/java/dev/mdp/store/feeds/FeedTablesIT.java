package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the tables of feeds hold besides what comes back through the port, and what they refuse.
final class FeedTablesIT {
  private static final TestDatabase database = TestDatabase.migrated();
  private static final FeedKey KEY = new FeedKey("kraken", "mdp.events", 0, 1);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Symbol BTC = new Symbol("BTC/USD");
  private PostgresStore store;
  private FeedStore feeds;

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void open() {
    database.execute(
        "TRUNCATE feed_positions, feed_cursors, feed_series, feed_gaps, feed_states RESTART IDENTITY");
    store = database.store(new RecordingMetrics());
    feeds = store.feeds();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSeriesBeginsOnceInEachEpoch() {
    FeedLease lease = claim("me");
    feeds.commit(lease, LEASE, cursors(cursor(BTC, 0, 5), cursor(BTC, 1, 2)));
    feeds.commit(lease, LEASE, cursors(cursor(BTC, 1, 9)));

    assertThat(text("epoch || ' ' || ids || ' ' || extract(epoch FROM ts_from)", "feed_series"))
        .isEqualTo("0 contiguous 1760000005.000000, 1 contiguous 1760000002.000000");
  }

  @Test
  void aStateNamesTheClaimThatNotedItLast() {
    FeedInterval live = new FeedInterval(BTC, FeedInterval.State.LIVE, Samples.T0, Samples.T0);
    feeds.commit(claim("me"), LEASE, states(live));
    feeds.commit(claim("me"), LEASE, states(live));

    assertThat(text("session", "feed_states")).isEqualTo("2");
  }

  @Test
  void holesAreNumberedWithoutGaps() {
    FeedLease lease = claim("me");
    for (int i = 0; i < 3; i++) {
      feeds.commit(lease, LEASE, gaps(gap(10, 19), gap(30, 39)));
    }
    feeds.commit(lease, LEASE, gaps(gap(50, 59)));

    assertThat(text("id", "feed_gaps")).isEqualTo("1, 2, 3");
  }

  @Test
  void aThousandSeriesAndTwoThousandHolesAreOneCommit() {
    List<FeedCursor> cursors = new ArrayList<>();
    List<FeedGap> gaps = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      cursors.add(cursor(new Symbol("S" + i), 0, 90_000));
    }
    for (int i = 0; i < 2_000; i++) {
      gaps.add(gap(10 + 20L * i, 12 + 20L * i));
    }
    cursors.add(cursor(BTC, 0, 90_000));

    feeds.commit(
        claim("me"),
        LEASE,
        new FeedCommit(
            TradeIds.CONTIGUOUS, Position.START, Optional.empty(), cursors, gaps, List.of()));

    List<SeriesState> series = claimed("me").series();
    assertThat(series).hasSize(1_001).extracting(SeriesState::cursor).hasSameElementsAs(cursors);
    assertThat(series.getFirst().open()).isEqualTo(gaps);
  }

  @Test
  void aRestoredDatabaseGivesAnEpochToAnotherOwner() {
    FeedLease former = claim("former");
    database.execute("UPDATE feed_positions SET epoch = epoch - 1, owner = NULL");

    FeedLease heir = claim("heir");

    assertThat(heir.epoch()).isEqualTo(former.epoch());
    assertThatThrownBy(() -> feeds.commit(former, LEASE, states()))
        .isInstanceOf(FencedException.class)
        .hasMessage(
            "feed kraken on mdp.events shard 0: the lease of epoch 1 was lost by 'former', or the database was set back; nothing was noted");
  }

  /// What was noted since the backup is missing: it must be read again, also by the same owner.
  @Test
  void aDatabaseThatWasSetBackTakesTheLeaseAway() {
    FeedLease first = feeds.commit(claim("me"), LEASE, cursors(cursor(BTC, 0, 9)));
    database.execute("CREATE TABLE backup AS SELECT * FROM feed_positions");
    FeedLease second = feeds.commit(first, LEASE, cursors(cursor(BTC, 0, 20)));
    database.execute(
        "UPDATE feed_positions p SET lease_until = b.lease_until FROM backup b WHERE b.provider = p.provider; DROP TABLE backup");

    assertThatThrownBy(() -> feeds.commit(second, LEASE, cursors(cursor(BTC, 0, 30))))
        .isInstanceOf(FencedException.class);
    assertThatThrownBy(() -> feeds.renew(second, LEASE)).isInstanceOf(FencedException.class);
    assertThat(claim("me").epoch()).isGreaterThan(second.epoch());
  }

  /// The remedy that the message names.
  @Test
  void whereAFeedWasCanBeForgotten() {
    FeedLease former = claim("me");
    feeds.commit(former, LEASE, cursors(cursor(BTC, 0, 9)));
    FeedKey more = new FeedKey("kraken", "mdp.events", 0, 1024);
    assertThatThrownBy(() -> feeds.claim(more, "me", LEASE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("DELETE FROM feed_positions WHERE provider = 'kraken'");

    database.execute("SET ROLE mdp_cleaner; DELETE FROM feed_positions WHERE provider = 'kraken'");

    List<SeriesState> all = new ArrayList<>();
    for (int shard = 0; shard < 1024; shard++) {
      FeedKey key = new FeedKey("kraken", "mdp.events", shard, 1024);
      all.addAll(((FeedClaim.Claimed) feeds.claim(key, "me too", LEASE)).series());
    }
    assertThat(all).containsExactly(new SeriesState(cursor(BTC, 0, 9), List.of()));
    assertThatThrownBy(() -> feeds.renew(former, LEASE)).isInstanceOf(FencedException.class);
  }

  @Test
  void anOwnerThatStandsStillInACommitKeepsNoSuccessorOut() throws SQLException {
    Duration moment = Duration.ofMillis(1);
    FeedLease lease = ((FeedClaim.Claimed) feeds.claim(KEY, "stalled", moment)).lease();
    database.execute("SELECT pg_sleep(0.01)"); // then it is over
    try (Connection stalled = database.connect()) {
      stalled.setAutoCommit(false);
      PositionTable.advance(stalled, lease, Duration.ofSeconds(3), states());

      FeedClaim heir = feeds.claim(KEY, "heir", LEASE); // waits until the server ends the other

      assertThat(heir).isInstanceOf(FeedClaim.Claimed.class);
      assertThatThrownBy(stalled::commit).isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feed_cursors VALUES ('p', 'btc', 0, 1, 1, 1, now())",
        "feed_cursors VALUES ('p', 'BTC', 0, 2, 1, 3, now())",
        "feed_cursors VALUES ('p', 'BTC', 0, 1, 4, 3, now())",
        "feed_cursors VALUES ('p', 'BTC', -1, 1, 1, 1, now())",
        "feed_series VALUES ('p', 'btc', 0, 'unique', now())",
        "feed_series VALUES ('p', 'BTC', 0, 'sometimes', now())",
        "feed_gaps VALUES (1, 'p', 'btc', 0, 1, 1, now(), now(), 'open', '')",
        "feed_gaps VALUES (1, 'p', 'BTC', 0, 2, 1, now(), now(), 'open', '')",
        "feed_gaps VALUES (1, 'p', 'BTC', 0, 1, 1, now(), now(), 'ajar', '')",
        "feed_gaps VALUES (1, 'p', 'BTC', 0, 1, 1, now(), now(), 'filled', '')",
        "feed_states VALUES ('p', 'btc', 'live', now(), now(), 1)",
        "feed_states VALUES ('p', 'BTC', 'asleep', now(), now(), 1)",
        "feed_states VALUES ('p', 'BTC', 'live', now(), '1999-01-01', 1)",
        "feed_positions VALUES ('p', 1, 't', 1)",
        "feed_positions VALUES ('p', 0, 't', 1, 'seven')"
      })
  void whatMakesNoSenseIsRefused(String row) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("INSERT INTO " + row))
          .isInstanceOf(SQLException.class)
          .extracting(error -> ((SQLException) error).getSQLState())
          .isEqualTo("23514");
    }
  }

  @Test
  void aCommitWithOneImpossibleRowChangesNothing() {
    FeedLease lease = claim("me");
    FeedCursor impossible = new FeedCursor(BTC, 0, 5, 4, mark(9));

    assertThatThrownBy(() ->
            feeds.commit(lease, LEASE, cursors(cursor(new Symbol("ETH/USD"), 0, 9), impossible)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feed_cursors_in_order");

    assertThat(text("position", "feed_positions")).isEqualTo("0-0");
    assertThat(text("symbol", "feed_cursors")).isEqualTo("null");
  }

  private static String text(String column, String table) {
    return database.text(
        "SELECT string_agg(%1$s::text, ', ' ORDER BY %1$s) FROM %2$s".formatted(column, table));
  }

  private FeedClaim.Claimed claimed(String owner) {
    return (FeedClaim.Claimed) feeds.claim(KEY, owner, LEASE);
  }

  private FeedLease claim(String owner) {
    return claimed(owner).lease();
  }

  private static FeedCursor cursor(Symbol symbol, int epoch, long head) {
    return new FeedCursor(symbol, epoch, 1, head, mark(head));
  }

  private static FeedGap gap(long first, long last) {
    return FeedGap.found(BTC, 0, mark(first - 1), mark(last + 1), "overflow", Samples.T0);
  }

  private static TradeMark mark(long id) {
    return new TradeMark(id, Samples.T0 + id * 1_000_000);
  }

  private static FeedCommit cursors(FeedCursor... cursors) {
    return commit(List.of(cursors), List.of(), List.of());
  }

  private static FeedCommit gaps(FeedGap... gaps) {
    return commit(List.of(), List.of(gaps), List.of());
  }

  private static FeedCommit states(FeedInterval... intervals) {
    return commit(List.of(), List.of(), List.of(intervals));
  }

  private static FeedCommit commit(
      List<FeedCursor> cursors, List<FeedGap> gaps, List<FeedInterval> intervals) {
    return new FeedCommit(
        TradeIds.CONTIGUOUS, new Position(7, 1), Optional.empty(), cursors, gaps, intervals);
  }
}

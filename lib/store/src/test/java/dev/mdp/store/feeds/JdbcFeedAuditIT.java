package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeArrival;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradePause;
import dev.mdp.core.feed.TradeRun;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.TestDatabase;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import dev.mdp.testkit.store.FeedHistory;
import dev.mdp.testkit.store.InMemoryFeedLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the server finds, as a member of `mdp_reader`, is what going through all rows finds.
final class JdbcFeedAuditIT {
  private static final long BEGIN = FeedHistory.BEGIN;
  private static final long SECOND = 1_000_000;
  private static final Duration PENDING_OK = Duration.ofMinutes(10);

  private static TestDatabase database;
  private static Logins logins;
  private static PostgresStore looking;
  private static FeedRows rows;

  @BeforeAll
  static void open() {
    database = TestDatabase.migrated();
    logins = new Logins(database);
    looking = logins.store("mdp_reader");
    rows = new FeedRows(database);
  }

  @AfterAll
  static void close() {
    looking.close();
    logins.close();
    database.close();
  }

  @BeforeEach
  void clear() {
    rows.clear();
  }

  @Test
  void theServerFindsWhatGoingThroughAllRowsFinds() {
    Property.check(120, JdbcFeedAuditIT::findsTheSame);
  }

  private static void findsTheSame(Choices choices) {
    FeedHistory history = choices.show("history", FeedHistory.random(choices));
    rows.write(history);
    FeedAudit.Scope scope =
        new FeedAudit.Scope(
            Optional.of("venue"),
            List.of(new Symbol("BTC-USD")),
            Optional.of(history.series().fromMicros()),
            history.series().toMicros());
    try (FeedAudit.Look look = looking.feedAudit().begin(scope, PENDING_OK, Duration.ZERO)) {
      boolean isNoted = history.series().cursor().isPresent() || !history.states().isEmpty();
      List<AuditedSeries> found = look.series();
      assertThat(found).hasSize(isNoted ? 1 : 0);
      if (isNoted) {
        requireSame(history, look, found.getFirst());
      }
    }
  }

  private static void requireSame(FeedHistory history, FeedAudit.Look look, AuditedSeries series) {
    assertThat(series.cursor()).isEqualTo(history.series().cursor());
    assertThat(series.begunMicros()).isEqualTo(history.series().begunMicros());
    assertThat(series.fromMicros()).isEqualTo(history.series().fromMicros());
    assertThat(series.toMicros()).isEqualTo(history.series().toMicros());
    assertThat(series.oldestTickMicros())
        .isEqualTo(
            history.stored().stream().mapToLong(TradeMark::micros).min().orElse(Long.MAX_VALUE));
    FeedAudit.Look expected = new InMemoryFeedLook(history);
    StoredTrades stored = look.stored(series);
    assertThat(stored)
        .usingRecursiveComparison()
        .ignoringFields("scanFromMicros", "scanToMicros")
        .isEqualTo(expected.stored(series));
    TradeMark below = stored.below().orElse(new TradeMark(-1, BEGIN));
    TradeMark above = stored.above().orElse(new TradeMark(100, BEGIN + 500 * SECOND));
    assertThat(all((Consumer<IdEvidence> to) -> look.evidence(series, stored, below, above, to)))
        .isEqualTo(
            all((Consumer<IdEvidence> to) -> expected.evidence(series, stored, below, above, to)));
    assertThat(all((Consumer<TradePause> to) -> look.pauses(series, to)))
        .isEqualTo(all((Consumer<TradePause> to) -> expected.pauses(series, to)));
    assertThat(look.tradeSeconds(series)).isEqualTo(expected.tradeSeconds(series));
    assertThat(look.states(series)).isEqualTo(expected.states(series));
  }

  private static <T> List<T> all(Consumer<Consumer<T>> reading) {
    List<T> all = new ArrayList<>();
    reading.accept(all::add);
    return all;
  }

  @Test
  void tradesAreStoredOnceTheTicksAreAsFarAsTheNote() {
    tick(1, 0);
    noted(0, 1, 2);
    rows.tickWorker("clock_timestamp()");

    rows.positions("1767623340000-5", "NULL", "1767623340000-5");
    assertThat(series().noted()).isEqualTo(TradeArrival.STORED);
    rows.positions("1767623340000-5", "NULL", "1767623340000-4");
    assertThat(series().noted())
        .as("the worker did something now")
        .isEqualTo(TradeArrival.ON_THE_WAY);
  }

  @Test
  void tradesAreStuckWithoutAWorkerAndWhenBothStandStill() {
    tick(1, 0);
    noted(0, 1, 2);
    rows.positions("1767623340000-5", "NULL", "1767623340000-4");

    assertThat(series().noted()).as("no worker").isEqualTo(TradeArrival.STUCK);
    rows.tickWorker("clock_timestamp()");
    assertThat(series().noted()).isEqualTo(TradeArrival.ON_THE_WAY);
    try (FeedAudit.Look look = looking.feedAudit().begin(scope(), Duration.ZERO, Duration.ZERO)) {
      assertThat(look.series().getFirst().noted()).as("for too long").isEqualTo(TradeArrival.STUCK);
    }
  }

  @Test
  void tradesAboveTheNotedHeadComeWhileSomeoneNotesThem() {
    tick(1, 0);
    noted(0, 1, 2);
    rows.positions("9-0", "clock_timestamp() + interval '10 s'", "9-0");
    assertThat(series().unnoted()).isEqualTo(TradeArrival.ON_THE_WAY);
    assertThat(series().isOwned()).isTrue();

    rows.positions("9-0", "clock_timestamp() - interval '10 s'", "9-0");
    assertThat(series().isOwned()).isFalse();
    try (FeedAudit.Look look = looking.feedAudit().begin(scope(), Duration.ZERO, Duration.ZERO)) {
      assertThat(look.series().getFirst().unnoted()).isEqualTo(TradeArrival.STUCK);
    }
  }

  @Test
  void waitsForAMomentInWhichAllIsStored() {
    tick(1, 0);
    noted(0, 1, 2);
    rows.tickWorker("clock_timestamp()");
    rows.positions("9-0", "NULL", "8-0");

    CompletableFuture<TradeArrival> arrival =
        CompletableFuture.supplyAsync(() -> {
          try (FeedAudit.Look look =
              looking.feedAudit().begin(scope(), PENDING_OK, Duration.ofSeconds(30))) {
            return look.series().getFirst().noted();
          }
        });
    assertThat(arrival).isNotDone();
    database.execute("UPDATE stream_checkpoints SET position = '9-0'");

    assertThat(arrival.join()).isEqualTo(TradeArrival.STORED);
  }

  /// The venue's ids began again at 1, and have come to where the former ones ended.
  @Test
  void eachEpochHasItsTradesAlthoughTheirIdsMeet() {
    for (long id = 5_000; id <= 5_004; id++) {
      tick(id, id - 5_000);
    }
    for (long id = 1; id <= 3; id++) {
      tick(id, 100 + id);
    }
    tick(4_999, 5);
    for (long id = 5_001; id <= 5_002; id++) {
      tick(id, 200 + id - 5_001);
    }
    noted(0, 4_999, 5_004);
    noted(1, 1, 5_002);
    database.execute(
        "UPDATE feed_cursors SET head_ts = %s WHERE epoch = 0"
            .formatted(FeedRows.time(BEGIN + 4 * SECOND)));
    database.execute(
        "UPDATE feed_series SET ts_from = %s WHERE epoch = 1"
            .formatted(FeedRows.time(BEGIN + 103 * SECOND)));

    try (FeedAudit.Look look = looking.feedAudit().begin(scope(), PENDING_OK, Duration.ZERO)) {
      List<AuditedSeries> epochs = look.series();

      assertThat(epochs).extracting(AuditedSeries::isNewest).containsExactly(false, true);
      assertThat(epochs.getFirst().toMicros()).isEqualTo(BEGIN + 101 * SECOND);
      assertThat(epochs.getLast().fromMicros()).isEqualTo(BEGIN + 101 * SECOND);
      assertThat(look.stored(epochs.getFirst()).run().map(TradeRun::ids))
          .as("the trade that came after the head is the former epoch's")
          .contains(new IdRange(4_999, 5_004));
      assertThat(look.stored(epochs.getFirst()).above()).isEmpty();
      assertThat(look.stored(epochs.getLast()).run().map(TradeRun::ids))
          .contains(new IdRange(1, 5_002));
      assertThat(look.stored(epochs.getLast()).rows()).isEqualTo(5);
    }
  }

  @Test
  void aSeriesWithoutATradeHasTheIdsOfItsProvider() {
    tick(1, 0);
    noted(0, 1, 1);
    database.execute(
        "INSERT INTO feed_states VALUES ('venue', 'NEW-USD', 'live', %s, %s, 1), ('blind', 'NEW-USD', 'live', %s, %s, 1)"
            .formatted(
                FeedRows.time(BEGIN),
                FeedRows.time(BEGIN + 9),
                FeedRows.time(BEGIN),
                FeedRows.time(BEGIN + 9)));
    FeedAudit.Scope all =
        new FeedAudit.Scope(Optional.empty(), List.of(), Optional.empty(), BEGIN + 60 * SECOND);

    try (FeedAudit.Look look = looking.feedAudit().begin(all, PENDING_OK, Duration.ZERO)) {
      assertThat(look.series())
          .extracting(
              AuditedSeries::provider, AuditedSeries::ids, each -> each.cursor().isPresent())
          .containsExactly(
              tuple("blind", TradeIds.NONE, false),
              tuple("venue", TradeIds.CONTIGUOUS, true),
              tuple("venue", TradeIds.CONTIGUOUS, false));
    }
  }

  private static FeedAudit.Scope scope() {
    return new FeedAudit.Scope(
        Optional.of("venue"), List.of(), Optional.empty(), BEGIN + 3_600 * SECOND);
  }

  private static AuditedSeries series() {
    try (FeedAudit.Look look = looking.feedAudit().begin(scope(), PENDING_OK, Duration.ZERO)) {
      return look.series().getFirst();
    }
  }

  private static void tick(long id, long second) {
    database.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price) VALUES ('venue', 'BTC-USD', %s, %d, 1)"
            .formatted(FeedRows.time(BEGIN + second * SECOND), id));
  }

  private static void noted(int epoch, long first, long head) {
    database.execute(
        "INSERT INTO feed_cursors (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)"
            + " VALUES ('venue', 'BTC-USD', %d, %d, %d, %d, %s)"
                .formatted(epoch, first, first, head, FeedRows.time(BEGIN)));
    database.execute(
        "INSERT INTO feed_series (provider, symbol, epoch, ids, ts_from)"
            + " VALUES ('venue', 'BTC-USD', %d, 'contiguous', %s)"
                .formatted(epoch, FeedRows.time(BEGIN)));
  }
}

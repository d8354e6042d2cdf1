package dev.mdp.store.checkpoints;

import static dev.mdp.store.Samples.bar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.LowWaterMarks;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.JobRuns;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.testkit.LowWater;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JdbcCheckpointsIT {
  private static final CheckpointKey KEY = new CheckpointKey("micro-batcher", "mdp.events", 0);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static TestDatabase database;
  private final RecordingMetrics metrics = new RecordingMetrics();
  private PostgresStore first;
  private PostgresStore second;

  @BeforeAll
  static void openDatabase() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void openStores() {
    database.execute("TRUNCATE stream_checkpoints, bars_ohlcv, job_runs");
    first = database.store(metrics);
    second = database.store(new RecordingMetrics());
  }

  @AfterEach
  void closeStores() {
    first.close();
    second.close();
  }

  private static ClaimRequest request(String owner) {
    return request(owner, 1, LEASE);
  }

  private static ClaimRequest request(String owner, int shards, Duration lease) {
    return new ClaimRequest(KEY, owner, shards, List.of(Samples.TWO_SECONDS), lease, 0);
  }

  private static ClaimResult.Claimed claim(PostgresStore store, String owner) {
    return (ClaimResult.Claimed) store.checkpoints().leases().claim(request(owner));
  }

  private static Checkpoint at(long major) {
    return new Checkpoint(
        new Position(major, 1),
        new Position(major, 0),
        Optional.of(new LogAnchor(new Position(major, 0), -5)),
        List.of(
            new LaneProgress(
                "prov",
                "",
                major,
                major + 1,
                new Position(major, 0),
                new TreeMap<>(Map.of(Samples.TWO_SECONDS, 7L)),
                new TreeMap<>(),
                false,
                0)),
        new LedgerCounts(
            new TreeMap<>(
                Map.of("prov", new LedgerCounts.Entry(1, Map.of(Outcome.AGGREGATED, 1L))))));
  }

  private static void expire() {
    database.execute("UPDATE stream_checkpoints SET lease_until = now() - interval '1 s'");
  }

  @Test
  void aNewGroupIsFreshAndComesBackWithWhatItCommitted() {
    ClaimResult.Claimed claimed = claim(first, "one");
    assertThat(claimed.fresh()).isTrue();
    assertThat(claimed.checkpoint()).isEqualTo(Checkpoint.EMPTY);
    assertThat(claimed.intervals()).isEmpty();

    Lease lease =
        first
            .checkpoints()
            .commits()
            .commit(claimed.lease(), at(5), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    lease =
        first
            .checkpoints()
            .commits()
            .commit(lease, at(6), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    assertThat(lease.commitSeq()).isEqualTo(claimed.lease().commitSeq() + 2);
    first.checkpoints().leases().release(lease);

    ClaimResult.Claimed again = claim(second, "two");
    assertThat(again.fresh()).isFalse();
    assertThat(again.checkpoint()).isEqualTo(at(6));
    assertThat(again.intervals()).containsExactly(Interval.parse("2s"));
    assertThat(again.lease().epoch()).isGreaterThan(lease.epoch());
    assertThat(again.lease().commitSeq()).isNotEqualTo(claimed.lease().commitSeq());
  }

  @Test
  void aClaimThatWouldEndAnIntervalIsRefusedAndChangesNothing() {
    ClaimResult.Claimed owner = claim(first, "one");
    Lease lease =
        first
            .checkpoints()
            .commits()
            .commit(owner.lease(), at(5), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    Interval minute = Interval.parse("1m");

    assertThatExceptionOfType(ConfigException.class)
        .as("while another owns it")
        .isThrownBy(() -> second.checkpoints().leases().claim(building("two", false, minute)))
        .withMessageContaining("micro_batch.windows: [2s, 1m]")
        .withMessageContaining("--window 2s,1m")
        .withMessageContaining("--drop-intervals")
        .withMessageContaining(KEY.toString());
    lease =
        first
            .checkpoints()
            .commits()
            .commit(lease, at(6), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    first.checkpoints().leases().release(lease);
    assertThatExceptionOfType(ConfigException.class)
        .as("when it is free")
        .isThrownBy(() -> second.checkpoints().leases().claim(building("two", false, minute)));
    assertThat(database.text("SELECT owner IS NULL AND epoch = 1 FROM stream_checkpoints"))
        .isEqualTo("t");

    assertThat(second.checkpoints().leases().claim(building("two", true, minute)))
        .isInstanceOf(ClaimResult.Claimed.class);
    expire();
    assertThat(second.checkpoints().leases().claim(building("two", false, minute)))
        .as("what was dropped is dropped, also before a commit")
        .isInstanceOf(ClaimResult.Claimed.class);
  }

  private static ClaimRequest building(String owner, boolean drops, Interval... intervals) {
    return new ClaimRequest(KEY, owner, 1, List.of(intervals), LEASE, 0, false, drops);
  }

  @Test
  void whatJudgedTheEntriesIsKeptAndForgottenByAReset() {
    ClaimResult.Claimed owner = claim(first, "one");
    JudgedBy judged =
        JudgedBy.UNKNOWN
            .andThen(new Position(5, 1), 2_000_000)
            .withReach(Optional.of(new JudgedBy.Reach(60, 900, 1_000)));
    Checkpoint at = at(5);
    Checkpoint next =
        new Checkpoint(
            at.position(),
            at.resumePosition(),
            at.anchor(),
            at.gapUntil(),
            at.lanes(),
            at.ledger(),
            judged);
    Lease lease =
        first
            .checkpoints()
            .commits()
            .commit(owner.lease(), next, FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    first.checkpoints().leases().release(lease);

    assertThat(claim(second, "two").checkpoint().judgedBy()).isEqualTo(judged);
    expire();
    second.checkpoints().admin().reset(KEY);
    assertThat(second.checkpoints().admin().list("").getFirst().checkpoint().judgedBy())
        .isEqualTo(JudgedBy.UNKNOWN);
  }

  @Test
  void aStatelessGroupNotesItsLimit() {
    LowWater.raise(first.checkpoints().marks(), "ticks", "t", 1, Map.of(0, new Position(5, 0)));
    first.checkpoints().marks().noteMaxFuture("ticks", "t", 2_000_000);

    assertThat(
            first
                .checkpoints()
                .admin()
                .list("t")
                .getFirst()
                .checkpoint()
                .judgedBy()
                .lastMaxFuture())
        .contains(2_000_000L);
  }

  @Test
  void aLiveLeaseIsHeldAndTheSameOwnerMayTakeItAgain() {
    ClaimResult.Claimed claimed = claim(first, "one");

    assertThat(second.checkpoints().leases().claim(request("two")))
        .isEqualTo(new ClaimResult.Held("one", claimed.lease().until()));
    ClaimResult.Claimed again = claim(first, "one");

    assertThat(again.lease().epoch()).isGreaterThan(claimed.lease().epoch());
    assertThatThrownBy(() ->
            first
                .checkpoints()
                .commits()
                .commit(
                    claimed.lease(),
                    at(1),
                    new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                    RunProgress.NONE))
        .isInstanceOf(FencedException.class);
    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("0");
  }

  @Test
  void anOwnerWhoseLeaseWasTakenIsFencedAndItsSessionEnded() {
    ClaimResult.Claimed old = claim(first, "one");
    String session = database.text("SELECT backend FROM stream_checkpoints");
    expire();

    ClaimResult.Claimed taken = claim(second, "two");

    assertThat(
            database.text(
                "SELECT count(*) FROM pg_stat_activity WHERE pid = " + session.split("@", 2)[0]))
        .isEqualTo("0");
    assertThatThrownBy(() ->
            first
                .checkpoints()
                .commits()
                .commit(
                    old.lease(),
                    at(9),
                    new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                    RunProgress.NONE))
        .isInstanceOfAny(FencedException.class, UnavailableException.class);
    assertThatThrownBy(() -> first.checkpoints().leases().renew(old.lease()))
        .isInstanceOf(FencedException.class);
    first.checkpoints().leases().release(old.lease());
    assertThat(database.text("SELECT owner FROM stream_checkpoints")).isEqualTo("two");
    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("0");
    second
        .checkpoints()
        .commits()
        .commit(taken.lease(), at(2), FencedWrite.NOTHING, RunProgress.NONE);
  }

  @Test
  void aFenceThatMissesRollsTheBarsBack() {
    ClaimResult.Claimed claimed = claim(first, "one");
    database.execute("UPDATE stream_checkpoints SET epoch = epoch + 1");

    assertThatThrownBy(() ->
            first
                .checkpoints()
                .commits()
                .commit(
                    claimed.lease(),
                    at(9),
                    new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                    RunProgress.NONE))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("nothing was written");

    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("0");
    assertThat(metrics.counted()).containsExactly("UPSERT failure 1");
    assertThat(second.checkpoints().admin().list("mdp.events"))
        .singleElement()
        .extracting(CheckpointStatus::leased)
        .isEqualTo(true);
  }

  @Test
  void theSameCommitNumberCannotBeUsedTwice() {
    ClaimResult.Claimed claimed = claim(first, "one");
    first
        .checkpoints()
        .commits()
        .commit(claimed.lease(), at(1), FencedWrite.NOTHING, RunProgress.NONE);

    assertThatThrownBy(() ->
            first
                .checkpoints()
                .commits()
                .commit(claimed.lease(), at(2), FencedWrite.NOTHING, RunProgress.NONE))
        .isInstanceOf(FencedException.class);

    assertThat(database.text("SELECT position FROM stream_checkpoints")).isEqualTo("1-1");
  }

  @Test
  void aFrozenOwnerThatHoldsTheRowIsEndedAfterItsLease() throws SQLException {
    claim(first, "one");
    Connection frozen = database.connect();
    try {
      frozen.setAutoCommit(false);
      lockRow(frozen);
      name(frozen);
      expire(frozen);
      frozen.commit();
      lockRow(frozen);

      ClaimResult.Claimed taken = claim(second, "two");

      assertThat(taken.lease().owner()).isEqualTo("two");
      assertThatThrownBy(() -> lockRow(frozen)).isInstanceOf(SQLException.class);
    } finally {
      frozen.abort(Runnable::run);
    }
  }

  @Test
  void whileTheLeaseLivesARowThatIsLockedIsHeld() throws SQLException {
    ClaimResult.Claimed claimed = claim(first, "one");
    try (Connection busy = database.connect()) {
      busy.setAutoCommit(false);
      lockRow(busy);

      assertThat(second.checkpoints().leases().claim(request("two")))
          .isEqualTo(new ClaimResult.Held("one", claimed.lease().until()));
      busy.rollback();
    }
  }

  @Test
  void aSessionWhoseNumberWasUsedAgainIsNotEnded() throws SQLException {
    claim(first, "one");
    try (Connection innocent = database.connect()) {
      String pid = number(innocent);
      database.execute(
          "UPDATE stream_checkpoints SET backend = '"
              + pid
              + "@1', lease_until = now() - interval '1 s'");

      claim(second, "two");

      assertThat(number(innocent)).isEqualTo(pid);
    }
  }

  @Test
  void anotherNumberOfShardsIsRefusedNamingBoth() {
    claim(first, "one");

    assertThatThrownBy(() -> second.checkpoints().leases().claim(request("two", 4, LEASE)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("with 1 shards")
        .hasMessageContaining("says 4")
        .hasMessageContaining("mdp stream checkpoints drop --group micro-batcher");
  }

  @Test
  void ofManyClaimsAtOnceOneWins() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<ClaimResult> one = () -> first.checkpoints().leases().claim(request("one"));
      Callable<ClaimResult> two = () -> second.checkpoints().leases().claim(request("two"));
      int claimed = 0;
      for (var result : threads.invokeAll(List.of(one, two))) {
        claimed += result.get() instanceof ClaimResult.Claimed ? 1 : 0;
      }

      assertThat(claimed).isEqualTo(1);
    }
  }

  @Test
  void commitOfUnknownOutcomeIsUnavailableUntilTheNextClaim() throws Exception {
    URI server = URI.create(database.url());
    try (CutProxy proxy = new CutProxy(server.getPort());
        PostgresStore cut =
            new PostgresStore(
                StoreSettings.of(
                    database.url().replace(":" + server.getPort(), ":" + proxy.port())
                        + "?prepareThreshold=0",
                    2,
                    "cut"),
                metrics)) {
      Lease lease = claim(cut, "one").lease();
      lease =
          cut.checkpoints()
              .commits()
              .commit(lease, at(1), FencedWrite.NOTHING, RunProgress.NONE)
              .lease();
      Lease last = lease;
      proxy.cutAfter("COMMIT");

      assertThatThrownBy(() ->
              cut.checkpoints()
                  .commits()
                  .commit(
                      last,
                      at(2),
                      new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                      RunProgress.NONE))
          .isInstanceOf(UnavailableException.class);

      assertThat(metrics.counted()).containsExactly("UPSERT failure 1");
      ClaimResult.Claimed again = claim(cut, "one");
      assertThat(again.checkpoint()).isEqualTo(at(2));
      WriteResult repeated =
          cut.checkpoints()
              .commits()
              .commit(
                  again.lease(),
                  at(2),
                  new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                  RunProgress.NONE)
              .bars();
      assertThat(repeated).isEqualTo(new WriteResult(0, 0, 1, 0));
    }
  }

  @Test
  void aSessionKilledInTheMiddleOfACommitLeavesNothing() {
    database.execute(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM"
            + " pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
            + " CREATE CONSTRAINT TRIGGER die AFTER INSERT ON bars_ohlcv DEFERRABLE INITIALLY"
            + " DEFERRED FOR EACH ROW EXECUTE FUNCTION die()");
    try {
      Lease lease = claim(first, "one").lease();
      assertThatThrownBy(() ->
              first
                  .checkpoints()
                  .commits()
                  .commit(
                      lease,
                      at(1),
                      new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                      RunProgress.NONE))
          .isInstanceOf(UnavailableException.class);
    } finally {
      database.execute("DROP TRIGGER die ON bars_ohlcv; DROP FUNCTION die()");
    }
    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("0");
    ClaimResult.Claimed again = claim(first, "one");
    assertThat(again.fresh()).isTrue();
    first
        .checkpoints()
        .commits()
        .commit(
            again.lease(),
            at(1),
            new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
            RunProgress.NONE);
  }

  @Test
  void theJobRunAndTheBarsAreInTheSameTransaction() {
    long run =
        first
            .jobRuns()
            .start(
                new JobRuns.Start(
                    "micro-batch", null, "prov", JobRuns.Mode.LIVE, "f", "v", List.of()));
    Lease lease = claim(first, "one").lease();
    RunProgress progress = new RunProgress(run, 0, at(1).ledger(), 2, Samples.T0, Samples.T0 + 1);

    first
        .checkpoints()
        .commits()
        .commit(
            lease,
            at(1),
            new FencedWrite.Bars(List.of(bar("A", 0, 1, 1), bar("A", 1, 1, 1))),
            progress);

    JobRuns.Run stored = first.jobRuns().inspect(run).orElseThrow();
    assertThat(stored.rowsWritten()).isEqualTo(2);
    assertThat(stored.rowsFailed()).isEqualTo(2);
    assertThat(stored.metadataJson()).contains("\"ledger\"").contains("last_heartbeat");
    assertThat(database.text("SELECT DISTINCT run_id FROM bars_ohlcv")).isEqualTo("" + run);
    assertThat(metrics.counted()).containsExactly("bars_ohlcv 2 0 0", "UPSERT success 2");
  }

  @Test
  void aRunNamesTheSymbolsOfItsBarsEachOnce() {
    long run =
        first
            .jobRuns()
            .start(
                new JobRuns.Start(
                    "micro-batch", null, "prov", JobRuns.Mode.LIVE, "f", "v", List.of()));
    Lease lease = claim(first, "one").lease();
    for (int second = 0; second < 3; second++) {
      List<Bar> bars = List.of(bar("B", second, 1, 1), bar("A", second, 1, 1));
      Lease held = lease;
      int now = second + 1;
      RunProgress progress = new RunProgress(run, 0, at(now).ledger(), 0, Samples.T0, Samples.T0);
      lease =
          first
              .checkpoints()
              .commits()
              .commit(held, at(now), new FencedWrite.Bars(bars), progress)
              .lease();
    }

    assertThat(first.jobRuns().inspect(run).orElseThrow().symbols()).containsExactly("A", "B");
  }

  @Test
  void aFullDiskIsUnavailableAndTheCheckpointStays() {
    Lease lease = claim(first, "one").lease();
    database.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;"
            + " CREATE TRIGGER full_disk BEFORE INSERT ON bars_ohlcv EXECUTE FUNCTION full_disk()");
    try {
      assertThatThrownBy(() ->
              first
                  .checkpoints()
                  .commits()
                  .commit(
                      lease,
                      at(1),
                      new FencedWrite.Bars(List.of(bar("A", 0, 1, 1))),
                      RunProgress.NONE))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("disk is full");
    } finally {
      database.execute("DROP TRIGGER full_disk ON bars_ohlcv; DROP FUNCTION full_disk()");
    }
    assertThat(database.text("SELECT commit_seq FROM stream_checkpoints"))
        .isEqualTo(Long.toString(lease.commitSeq()));
    assertThat(metrics.counted()).containsExactly("UPSERT failure 1");
  }

  @Test
  void theServerEndsASessionThatStandsStillInsideATransaction() {
    first.checkpoints().leases().claim(request("one", 1, Duration.ofSeconds(12)));

    assertThat(
            database.text(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%shard 0'"
                    + " AND datname = current_database()"))
        .isEqualTo("1");
    assertThat(JdbcCheckpoints.sessionSettings(Duration.ofSeconds(12)))
        .containsEntry("idle_in_transaction_session_timeout", "4000")
        .containsEntry("lock_timeout", "12000");
  }

  @Test
  void renewingExtendsTheLeaseByTheDatabasesClock() {
    Lease lease = claim(first, "one").lease();

    Lease renewed = first.checkpoints().leases().renew(lease);

    assertThat(renewed.until()).isAfter(lease.until());
    assertThat(renewed.epoch()).isEqualTo(lease.epoch());
    first.checkpoints().commits().commit(renewed, at(1), FencedWrite.NOTHING, RunProgress.NONE);
  }

  @Test
  void lowWaterMarksOnlyRiseAndAreComparedAsNumbers() {
    Map<Integer, Position> mark = Map.of(0, new Position(9, 9), 1, new Position(1, 0));
    LowWater.raise(first.checkpoints().marks(), "ticks", "mdp.events", 2, mark);
    LowWater.raise(
        first.checkpoints().marks(),
        "ticks",
        "mdp.events",
        2,
        Map.of(0, new Position(10, 1), 1, Position.START));
    LowWater.raise(
        first.checkpoints().marks(), "ticks", "mdp.events", 2, Map.of(0, new Position(9, 10)));

    assertThat(first.checkpoints().admin().list("mdp.events"))
        .extracting(status -> status.checkpoint().position().toString())
        .containsExactly("10-1", "1-0");
    assertThat(first.checkpoints().admin().listShard("mdp.events", 1))
        .extracting(status -> status.key().toString() + status.checkpoint().position())
        .containsExactly(new CheckpointKey("ticks", "mdp.events", 1) + "1-0");
    assertThat(first.checkpoints().admin().listShard("mdp.others", 1)).isEmpty();
    assertThat(first.checkpoints().admin().isRegistered("ticks", "mdp.events")).isTrue();
    assertThat(first.checkpoints().admin().isRegistered("ticks", "mdp.others")).isFalse();
    assertThat(first.checkpoints().admin().isRegistered("bars", "mdp.events")).isFalse();
    assertThatThrownBy(
            () -> LowWater.raise(first.checkpoints().marks(), "ticks", "mdp.events", 3, mark))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void ofTwoFirstMembersWithDifferentNumbersOfShardsOneIsRefused() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        int shards = 1 + i % 2;
        CheckpointKey key = new CheckpointKey("ticks", "mdp.events", i % 4 == 3 ? 1 : 0);
        threads.submit(() -> {
          try {
            LowWaterMarks checkpoints = first.checkpoints().marks();
            StoredMarks known = checkpoints.marks(key.group(), key.topic());
            return checkpoints.align(key, shards, new Alignment(known.server(), ""));
          } catch (ConfigException e) {
            refused.incrementAndGet();
            return false;
          }
        });
      }
    }

    assertThat(database.text("SELECT count(DISTINCT shards) FROM stream_checkpoints"))
        .isEqualTo("1");
    assertThat(refused.get()).isEqualTo(4);
  }

  @Test
  void theSameNumbersOfAnotherOwnerAreAnotherLease() {
    Lease lease = claim(first, "one").lease();
    lease =
        first
            .checkpoints()
            .commits()
            .commit(lease, at(1), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    Lease frozen = lease;

    database.execute("UPDATE stream_checkpoints SET owner = 'two'"); // restored, then claimed

    assertThatThrownBy(() ->
            first
                .checkpoints()
                .commits()
                .commit(frozen, at(2), FencedWrite.NOTHING, RunProgress.NONE))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("'one'");
  }

  @Test
  void anIdleOwnerFindsThatTheDatabaseWentBackBehindItsLastCommit() {
    Lease lease = claim(first, "one").lease();
    lease =
        first
            .checkpoints()
            .commits()
            .commit(lease, at(1), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    Lease idle =
        first
            .checkpoints()
            .commits()
            .commit(lease, at(2), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();

    database.execute("UPDATE stream_checkpoints SET commit_seq = commit_seq - 1, position = '1-1'");

    assertThatThrownBy(() -> first.checkpoints().leases().renew(idle))
        .isInstanceOf(FencedException.class);
  }

  /// Epochs come again after a restore, and the same process claims under the same name.
  @Test
  void aCommitThatWasOnItsWayWhenTheDatabaseWentBackIsNotTheNextOfTheSameOwnersNewClaim() {
    Lease before = claim(first, "one").lease();
    database.execute("UPDATE stream_checkpoints SET epoch = epoch - 1, backend = NULL");
    Lease after = claim(second, "one").lease();
    assertThat(after.epoch()).isEqualTo(before.epoch());

    assertThatThrownBy(() ->
            first
                .checkpoints()
                .commits()
                .commit(before, at(5), FencedWrite.NOTHING, RunProgress.NONE))
        .isInstanceOf(FencedException.class);
    second.checkpoints().commits().commit(after, at(6), FencedWrite.NOTHING, RunProgress.NONE);
    assertThat(database.text("SELECT position FROM stream_checkpoints")).isEqualTo("6-1");
  }

  @Test
  void marksAreNotRaisedOverWhatADatabaseThatWentBackHasLost() {
    LowWaterMarks checkpoints = first.checkpoints().marks();
    StoredMarks none = checkpoints.marks("ticks", "mdp.events");
    Alignment alignment = new Alignment(none.server(), "a move");
    CheckpointKey key = new CheckpointKey("ticks", "mdp.events", 0);
    assertThat(checkpoints.align(key, 1, new Alignment("another server", "a move"))).isFalse();
    assertThat(checkpoints.marks("ticks", "mdp.events")).isEqualTo(none);
    assertThat(checkpoints.align(key, 1, alignment)).isTrue();
    Mark ten = mark(10, alignment);
    StoredMarks known = checkpoints.raiseMarks("ticks", "mdp.events", 1, none, Map.of(0, ten));
    assertThat(known.of(0)).isEqualTo(ten);
    assertThat(known.wentBackSince(none)).isFalse();

    database.execute("UPDATE stream_checkpoints SET position = '4-0'");
    StoredMarks stored =
        checkpoints.raiseMarks("ticks", "mdp.events", 1, known, Map.of(0, mark(20, alignment)));

    assertThat(stored.of(0).position()).isEqualTo(new Position(4, 0));
    assertThat(stored.wentBackSince(known)).isTrue();
    assertThat(stored.server()).isEqualTo(known.server());
    StoredMarks ofAnother = new StoredMarks("another server", stored.byShard());
    assertThat(
            checkpoints.raiseMarks(
                "ticks", "mdp.events", 1, ofAnother, Map.of(0, mark(20, alignment))))
        .isEqualTo(stored);
    assertThat(
            checkpoints
                .raiseMarks("ticks", "mdp.events", 1, stored, Map.of(0, mark(20, alignment)))
                .of(0))
        .isEqualTo(mark(20, alignment));
    Alignment otherMove = new Alignment(none.server(), "another move");
    assertThat(
            checkpoints
                .raiseMarks("ticks", "mdp.events", 1, stored, Map.of(0, mark(30, otherMove)))
                .of(0))
        .isEqualTo(mark(20, alignment));
    checkpoints.lowerMarks("ticks", "mdp.events", Map.of(0, Position.START));
    checkpoints.noteMaxFuture("ticks", "mdp.events", 5);
    assertThat(checkpoints.marks("ticks", "mdp.events").of(0))
        .isEqualTo(new Mark(Position.START, Optional.empty(), alignment));

    database.execute("VACUUM FULL stream_checkpoints"); // as after a restore, it is another table
    assertThat(checkpoints.marks("ticks", "mdp.events").server()).isNotEqualTo(none.server());
    assertThat(checkpoints.align(key, 1, alignment)).isFalse();
  }

  private static Mark mark(long major, Alignment alignment) {
    return new Mark(
        new Position(major, 0),
        Optional.of(new LogAnchor(new Position(major - 1, 0), major)),
        alignment);
  }

  @Test
  void runThatARestoreRemovedIsRegisteredAgainUnderAnotherId() {
    JobRuns.Start start =
        new JobRuns.Start(
            "micro-batch", null, null, JobRuns.Mode.LIVE, "print", "version", List.of());
    long run = first.jobRuns().start(start);
    database.execute("DELETE FROM job_runs");
    database.execute(
        "INSERT INTO job_runs (id, job_name, mode, status) VALUES ("
            + run
            + ", 'other', 'live', 'running')");

    ClaimResult.Claimed claimed =
        (ClaimResult.Claimed)
            first
                .checkpoints()
                .leases()
                .claim(new ClaimRequest(KEY, "one", 1, List.of(Samples.TWO_SECONDS), LEASE, run));
    RunProgress progress =
        new RunProgress(run, 0, at(5).ledger(), 0, Long.MAX_VALUE, Long.MIN_VALUE);
    first.checkpoints().commits().commit(claimed.lease(), at(5), FencedWrite.NOTHING, progress);
    first.jobRuns().finish(run, JobRuns.Status.SUCCESS, 0, null, "{}");

    assertThat(claimed.runLedger()).isEqualTo(LedgerCounts.NONE);
    assertThat(
            database.text(
                "SELECT string_agg(job_name || ' ' || status || ' ' || (metadata -> 'ledger' IS NOT NULL), ', ' ORDER BY job_name) FROM job_runs"))
        .isEqualTo("micro-batch success true, other running false");
  }

  @Test
  void resetAndDropAreRefusedWhileALeaseLives() {
    Lease lease = claim(first, "one").lease();
    lease =
        first
            .checkpoints()
            .commits()
            .commit(lease, at(3), FencedWrite.NOTHING, RunProgress.NONE)
            .lease();
    assertThatThrownBy(() -> second.checkpoints().admin().reset(KEY))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("'one'");
    assertThatThrownBy(() -> second.checkpoints().admin().drop(KEY))
        .isInstanceOf(ConflictException.class);

    first.checkpoints().leases().release(lease);

    assertThat(second.checkpoints().admin().reset(KEY)).isTrue();
    ClaimResult.Claimed again = claim(second, "two");
    assertThat(again.fresh()).isTrue();
    assertThat(again.checkpoint()).isEqualTo(Checkpoint.EMPTY);
    second.checkpoints().leases().release(again.lease());
    assertThat(second.checkpoints().admin().drop(KEY)).isTrue();
    assertThat(second.checkpoints().admin().drop(KEY)).isFalse();
    assertThat(second.checkpoints().admin().list("")).isEmpty();
  }

  @Test
  void anOwnerWhoseRowWasDroppedCannotCommitToItsSuccessor() {
    Lease old = claim(first, "one").lease();
    expire();
    second.checkpoints().admin().drop(KEY);
    Lease taken = claim(second, "two").lease();
    assertThat(taken.epoch()).isEqualTo(old.epoch());

    assertThatThrownBy(() ->
            first.checkpoints().commits().commit(old, at(1), FencedWrite.NOTHING, RunProgress.NONE))
        .isInstanceOf(UnavailableException.class);

    assertThat(database.text("SELECT committed FROM stream_checkpoints")).isEqualTo("f");
  }

  private static void lockRow(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT * FROM stream_checkpoints FOR UPDATE");
    }
  }

  private static void expire(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("UPDATE stream_checkpoints SET lease_until = now() - interval '1 s'");
    }
  }

  /// Makes the connection the owner's session.
  private static void name(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("UPDATE stream_checkpoints SET backend = " + Sessions.OWN);
    }
  }

  private static String number(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      return rows.getString(1);
    }
  }
}

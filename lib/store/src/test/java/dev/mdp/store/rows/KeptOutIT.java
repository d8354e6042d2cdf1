package dev.mdp.store.rows;

import static dev.mdp.store.Samples.bar;
import static dev.mdp.store.Samples.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.RequestLimit;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.run.JobRuns;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Series;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables whose triggers, rules or policies keep rows out without an error.
final class KeptOutIT {
  private static final CheckpointKey KEY = new CheckpointKey("g", "t", 0);
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.migrated();
  private final PostgresStore store = database.store(new RecordingMetrics());

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 500})
  void newTicksThatATriggerSkipsAreNotStored(int size) {
    skip("tick_data", "INSERT", "NEW.seq = 3");

    refused("tick_data took " + (size - 1) + " of " + size + " rows", () -> write(ticks(size, 7)));

    assertThat(database.text("SELECT count(*) FROM tick_data")).isEqualTo("0");
  }

  @Test
  void newTicksThatARuleSkipsAreNotStored() {
    database.execute("CREATE RULE gone AS ON INSERT TO tick_data DO INSTEAD NOTHING");

    refused("tick_data took 0 of 5 rows", () -> write(ticks(5, 7)));
  }

  @Test
  void smallerPayloadsThatATriggerSkipsAreNotStored() {
    write(ticks(5, 7));
    skip("tick_data", "UPDATE", "NEW.seq = 3");

    refused("tick_data took 4 of 5 rows", () -> write(ticks(5, 6)));

    assertThat(database.text("SELECT count(*) FROM tick_data WHERE price = 7")).isEqualTo("5");
    write(ticks(5, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 500})
  void newBarsThatATriggerSkipsMoveNoCheckpoint(int size) {
    Lease lease = claim();
    skip("bars_ohlcv", "INSERT", "NEW.symbol = 'S3'");

    refused("bars_ohlcv took " + (size - 1) + " of " + size, () -> commit(lease, bars(size, 100)));

    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("0");
    assertThat(database.text("SELECT committed FROM stream_checkpoints")).isEqualTo("f");
  }

  @Test
  void changedBarsThatATriggerSkipsMoveNoCheckpoint() {
    Lease lease = commit(claim(), bars(5, 100));
    skip("bars_ohlcv", "UPDATE", "NEW.symbol = 'S3'");

    refused("bars_ohlcv took 4 of 5", () -> commit(lease, bars(5, 100.5)));

    assertThat(database.text("SELECT max(revision) FROM bars_ohlcv")).isEqualTo("0");
    assertThat(database.text("SELECT commit_seq FROM stream_checkpoints"))
        .isEqualTo(Long.toString(lease.commitSeq()));
  }

  @Test
  void aPolicyThatHidesRowsIsAnErrorAndNoShorterResult() {
    String role = "guarded_" + database.name();
    database.execute("CREATE ROLE %s LOGIN PASSWORD 'x' IN ROLE mdp_writer".formatted(role));
    try (PostgresStore guarded =
        new PostgresStore(
            dev.mdp.store.database.StoreSettings.of(
                database.url().replaceFirst("//[^@]*@", "//" + role + ":x@"), 2, "mdp test"),
            new RecordingMetrics())) {
      guarded.ticks().write(ticks(5, 7), _ -> List.of());
      database.execute(
          "ALTER TABLE tick_data ENABLE ROW LEVEL SECURITY;"
              + " CREATE POLICY look ON tick_data FOR SELECT USING (true);"
              + " CREATE POLICY change ON tick_data FOR UPDATE USING (seq <> 3)");

      assertThatThrownBy(() -> guarded.ticks().write(ticks(5, 6), _ -> List.of()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("row-level security");
    }
    database.execute("DROP OWNED BY %s; DROP ROLE %s".formatted(role, role));
  }

  @Test
  void signalsThatATriggerSkipsAreNotUnchanged() {
    Lease first = claim();
    Lease lease = commit(first, evaluated(signal("a", 1), signal("b", 1)));
    Lease again = commit(lease, evaluated(signal("a", 1), signal("b", 1)));
    skip("signals", "INSERT", "NEW.name = 'c'");
    skip("signals", "UPDATE", "NEW.name = 'a'");

    refused("signals took 1 of 2", () -> commit(again, evaluated(signal("b", 1), signal("c", 1))));
    Lease lost = claim();
    refused("signals took 1 of 2", () -> commit(lost, evaluated(signal("a", 2), signal("b", 2))));

    assertThat(database.text("SELECT string_agg(name || value, ' ' ORDER BY name) FROM signals"))
        .isEqualTo("a1 b1");
  }

  @Test
  void whatEvaluationsLeaveIsNotKeptOut() {
    skip("inference_state", "INSERT", "true");
    Lease lease = claim();
    refused("inference_state took 0 of 1", () -> commit(lease, evaluated()));

    database.execute("DROP TRIGGER skip_insert ON inference_state");
    skip("signal_outbox", "INSERT", "true");
    Lease again = claim();
    refused("signal_outbox took 0 of 1", () -> commit(again, evaluated()));
  }

  @Test
  void aCheckpointThatIsKeptOutIsNoLostLease() {
    Lease lease = commit(claim(), bars(1, 100));
    skip("stream_checkpoints", "UPDATE", "true");

    refused("stream_checkpoints took 0 of 1", () -> commit(lease, bars(2, 100)));
    refused("stream_checkpoints took 0 of 1", this::claim);

    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"feed_cursors", "feed_series", "feed_gaps", "feed_states"})
  void whatAFeedNotesIsNotKeptOut(String table) {
    FeedLease lease = feed();
    skip(table, "INSERT", "true");

    refused(table + " took 0 of 1", () -> store.feeds().commit(lease, LEASE, noted()));

    assertThat(database.text("SELECT position FROM feed_positions")).isEqualTo("0-0");
    assertThat(database.text("SELECT count(*) FROM feed_cursors")).isEqualTo("0");
  }

  @Test
  void aFeedThatIsKeptOutHasNotLostItsLease() {
    FeedLease lease = feed();
    skip("feed_positions", "UPDATE", "true");

    refused("feed_positions took 0", () -> store.feeds().commit(lease, LEASE, noted()));
    refused("feed_positions took 0", () -> store.feeds().renew(lease, LEASE));
    refused("feed_positions took 0", this::feed);
  }

  @Test
  void aBudgetThatIsKeptOutGrantsNothing() {
    RequestBudget budget =
        store.requestBudgets("home", _ -> new RequestLimit(60, Duration.ofMinutes(1))).live();
    skip("rate_budgets", "INSERT", "true");

    refused("rate_budgets took 0", () -> budget.take("venue", 1));
    refused("rate_budgets took 0", () -> budget.closed("venue", LEASE));
  }

  @Test
  void aJobRunThatIsKeptOutDoesNotStart() {
    skip("job_runs", "INSERT", "true");

    refused(
        "job_runs took 0 of 1",
        () ->
            store
                .jobRuns()
                .start(new JobRuns.Start("j", null, null, JobRuns.Mode.LIVE, "f", "v", List.of())));
  }

  @Test
  void aRepairThatIsKeptOutIsNotDone() {
    commit(claim(), bars(2, 100));
    Bar stored = bars(1, 100).getFirst();
    Bar other = bars(1, 100.5).getFirst();
    skip("bars_ohlcv", "UPDATE", "true");
    skip("bars_ohlcv", "DELETE", "true");
    skip("bars_ohlcv", "INSERT", "true");

    for (BarFinding finding :
        List.of(
            new BarFinding(BarVerdict.WRONG, stored, 0, other),
            new BarFinding(BarVerdict.MISSING, null, 0, bar("ZZ", 0, 100, 3)),
            new BarFinding(BarVerdict.WITHOUT_TICKS, stored, 0, null))) {
      refused("bars_ohlcv took 0 of 1", () -> store.audit().repair(List.of(finding), 0, true));
    }
  }

  @Test
  void aPruneThatIsKeptOutSaysSo() {
    write(ticks(5, 7));
    skip("tick_data", "DELETE", "true");
    List<Series> series = List.of(new Series("prov", "SPY", ""));

    refused(
        "tick_data took 0 of 1",
        () ->
            store
                .pruning()
                .remove(Pruning.Prunable.TICK_DATA, series, Samples.T0, Samples.T0 + 100));
  }

  private FeedLease feed() {
    FeedKey key = new FeedKey("venue", "mdp.events", 0, 1);
    return ((FeedClaim.Claimed) store.feeds().claim(key, "me", LEASE)).lease();
  }

  private static FeedCommit noted() {
    Symbol symbol = new Symbol("SPY");
    TradeMark head = new TradeMark(9, Samples.T0);
    return new FeedCommit(
        TradeIds.CONTIGUOUS,
        new Position(7, 1),
        Optional.empty(),
        List.of(new FeedCursor(symbol, 0, 1, 1, head)),
        List.of(
            FeedGap.found(symbol, 0, new TradeMark(1, Samples.T0), head, "skipped", Samples.T0)),
        List.of(new FeedInterval(symbol, FeedInterval.State.LIVE, Samples.T0, Samples.T0 + 1)));
  }

  private void skip(String table, String verb, String when) {
    database.execute(
        """
        CREATE OR REPLACE FUNCTION skip_%1$s_%2$s() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF %3$s THEN RETURN NULL; END IF;
          RETURN coalesce(NEW, OLD);
        END $$;
        CREATE TRIGGER skip_%2$s BEFORE %2$s ON %1$s FOR EACH ROW EXECUTE FUNCTION skip_%1$s_%2$s();
        """
            .formatted(table, verb.toLowerCase(java.util.Locale.ROOT), when));
  }

  private static void refused(String message, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("Nothing was committed");
  }

  private void write(List<Tick> ticks) {
    store.ticks().write(ticks, _ -> List.of());
  }

  private static List<Tick> ticks(int size, double price) {
    List<Tick> ticks = new ArrayList<>();
    for (int seq = 0; seq < size; seq++) {
      ticks.add(tick("SPY", seq, seq, price, 1));
    }
    return ticks;
  }

  private static List<Bar> bars(int size, double close) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      bars.add(bar("S" + i, 0, close, 5));
    }
    return bars;
  }

  private static Signal signal(String name, double value) {
    return new Signal(
        "prov", new Symbol("SPY"), Samples.T0, name, value, OptionalDouble.empty(), Map.of());
  }

  private static Evaluated evaluated(Signal... signals) {
    boolean states = signals.length == 0;
    return new Evaluated(
        List.of(signals),
        states
            ? List.of(new SymbolState("prov", "", new Symbol("SPY"), new byte[1], new byte[1]))
            : List.of(),
        List.of(),
        states ? List.of(new byte[1]) : List.of(),
        1,
        0);
  }

  private Lease claim() {
    ClaimRequest request =
        new ClaimRequest(KEY, "me", 1, List.of(Samples.TWO_SECONDS), Duration.ofSeconds(30), 0);
    return ((ClaimResult.Claimed) store.checkpoints().leases().claim(request)).lease();
  }

  private Lease commit(Lease lease, List<Bar> bars) {
    return store
        .checkpoints()
        .commits()
        .commit(lease, Checkpoint.EMPTY, new FencedWrite.Bars(bars), RunProgress.NONE)
        .lease();
  }

  private Lease commit(Lease lease, Evaluated evaluated) {
    return store
        .checkpoints()
        .commits()
        .commit(lease, Checkpoint.EMPTY, evaluated, RunProgress.NONE)
        .lease();
  }
}

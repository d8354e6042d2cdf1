package dev.mdp.store;

import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.TwiceAudit;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.Members;
import dev.mdp.core.checkpoint.PendingRepairs;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStatus;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.core.feed.RequestBudgets;
import dev.mdp.core.feed.RequestLimit;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.core.run.JobRuns;
import dev.mdp.core.store.HistoryReader;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.SeriesReader;
import dev.mdp.core.store.SignalReader;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.core.store.TickStore;
import dev.mdp.store.checkpoints.JdbcCheckpoints;
import dev.mdp.store.checkpoints.JdbcMembers;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.store.feeds.JdbcAskedGaps;
import dev.mdp.store.feeds.JdbcFeedAudit;
import dev.mdp.store.feeds.JdbcFeedReader;
import dev.mdp.store.feeds.JdbcFeedStatus;
import dev.mdp.store.feeds.JdbcFeedStore;
import dev.mdp.store.feeds.JdbcRequestBudget;
import dev.mdp.store.history.JdbcHistoryReader;
import dev.mdp.store.prune.JdbcPruning;
import dev.mdp.store.runs.JdbcJobRuns;
import dev.mdp.store.runs.OwnRuns;
import dev.mdp.store.schema.Migrations;
import dev.mdp.store.signals.JdbcSignalReader;
import dev.mdp.store.ticks.JdbcStoredIds;
import dev.mdp.store.ticks.JdbcStoredTicks;
import dev.mdp.store.ticks.JdbcTickStore;
import dev.mdp.store.verify.JdbcBarAudit;
import dev.mdp.store.verify.JdbcPendingRepairs;
import dev.mdp.store.verify.JdbcTwiceAudit;
import java.util.function.Function;

/// Every port of the store on one PostgreSQL. Opening it does not connect; the first use of a port
/// connects and checks that the schema is this program's. Thread-safe.
public final class PostgresStore implements AutoCloseable {
  private final Database database;
  private final JdbcCheckpoints checkpoints;
  private final Members members;
  private final TickStore ticks;
  private final StoredTicks storedTicks;
  private final JobRuns jobRuns;
  private final JdbcHistoryReader history;
  private final SignalReader signals;
  private final Pruning pruning;
  private final BarAudit audit;
  private final PendingRepairs repairs;
  private final Migrations migrations;

  public PostgresStore(StoreSettings settings, StoreMetrics metrics) {
    this.database = new Database(settings);
    OwnRuns runs = new OwnRuns(database);
    this.checkpoints = new JdbcCheckpoints(database, metrics, runs);
    this.members = new JdbcMembers(database);
    this.ticks = new JdbcTickStore(database, metrics, runs);
    this.storedTicks = new JdbcStoredTicks(database);
    this.jobRuns = new JdbcJobRuns(database, metrics, runs);
    this.history = new JdbcHistoryReader(database);
    this.signals = new JdbcSignalReader(database);
    this.pruning = new JdbcPruning(database);
    this.audit = new JdbcBarAudit(database);
    this.repairs = new JdbcPendingRepairs(database);
    this.migrations = new Migrations(database);
  }

  public Checkpoints checkpoints() {
    return checkpoints.checkpoints();
  }

  public Members members() {
    return members;
  }

  public TickStore ticks() {
    return ticks;
  }

  public StoredTicks storedTicks() {
    return storedTicks;
  }

  public JobRuns jobRuns() {
    return jobRuns;
  }

  public HistoryReader history() {
    return history;
  }

  public SeriesReader series() {
    return history;
  }

  public SignalReader signals() {
    return signals;
  }

  public FeedStore feeds() {
    return new JdbcFeedStore(database);
  }

  public AskedGaps askedGaps() {
    return new JdbcAskedGaps(database);
  }

  public StoredIds storedIds() {
    return new JdbcStoredIds(database);
  }

  public FeedReader feedReader() {
    return new JdbcFeedReader(database);
  }

  public FeedStatus feedStatus() {
    return new JdbcFeedStatus(database);
  }

  public FeedAudit feedAudit() {
    return new JdbcFeedAudit(database);
  }

  /// What venues may be asked, shared with all processes on this database.
  ///
  /// @param egress names the address by which venues see this machine
  /// @param limits what a host allows
  public RequestBudgets requestBudgets(String egress, Function<String, RequestLimit> limits) {
    return JdbcRequestBudget.of(database, egress, limits);
  }

  public Pruning pruning() {
    return pruning;
  }

  public BarAudit audit() {
    return audit;
  }

  public TwiceAudit twice() {
    return new JdbcTwiceAudit(database);
  }

  public PendingRepairs repairs() {
    return repairs;
  }

  public Migrations migrations() {
    return migrations;
  }

  /// Throws when the database cannot be reached or refuses us; asks nothing of the schema.
  public void ping() {
    database.ping();
  }

  /// Throws when a connection that keeps its session cannot be had at the direct address, where
  /// there is one, or when that leads to another database.
  public void pingDirect() {
    database.pingDirect();
  }

  /// Throws [dev.mdp.core.error.ConfigException] unless the schema is this program's.
  public void requireMigrated() {
    database.query("check the schema", connection -> true);
  }

  /// Where the database is, without password.
  @Override
  public String toString() {
    return database.url().toString();
  }

  @Override
  public void close() {
    checkpoints.close();
    database.close();
  }
}

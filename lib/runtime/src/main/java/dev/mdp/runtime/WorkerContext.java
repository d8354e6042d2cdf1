package dev.mdp.runtime;

import dev.mdp.config.BusConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.TelemetryConfig;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.shards.LeaseAssignment;
import dev.mdp.store.PostgresStore;
import dev.mdp.telemetry.Health;
import dev.mdp.telemetry.Meters;
import dev.mdp.telemetry.MetricsServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker command opens before it works and closes after: logs, metrics, bus and database.
/// One thread.
public final class WorkerContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerContext.class);

  private final LoadedConfig loaded;
  private final Surroundings surroundings;
  private final Clock clock;
  private final Meters meters;
  private final Health health;
  private final MetricsServer server;
  private final EventBus bus;
  private final PostgresStore store;
  private final Set<Long> unfinished = new TreeSet<>();
  private final List<ShardAssignment> joined = new ArrayList<>();

  private WorkerContext(
      LoadedConfig loaded, String name, Surroundings surroundings, boolean portMayMove) {
    Failpoint.requireValid();
    this.loaded = loaded;
    this.surroundings = surroundings;
    this.clock = surroundings.clock();
    this.meters = new Meters(Wiring.busName(loaded.config()));
    this.health = new Health(clock);
    health.ready(JobRunner.WORKERS, false, "not started yet");
    this.server = serve(loaded.config().telemetry(), meters, health, portMayMove);
    try {
      this.bus = Wiring.bus(loaded.config(), metrics().bus());
      this.store = Wiring.store(loaded.config(), metrics().store(), name);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    StartLine.log(loaded, name, server.url());
  }

  /// @param mayMove whether any other port will do when the configured one is taken: no one but the
  ///   operator at the terminal, who is told of it, looks for it
  private static MetricsServer serve(
      TelemetryConfig config, Meters meters, Health health, boolean mayMove) {
    try {
      return MetricsServer.start(config.bind(), config.metricsPort(), meters, health);
    } catch (ConflictException taken) {
      if (!mayMove) {
        throw taken;
      }
      return MetricsServer.start(config.bind(), 0, meters, health);
    }
  }

  /// Opens everything and waits until the servers answer; the database must be migrated.
  ///
  /// @param name of the command
  /// @param wait how long to try
  public static WorkerContext open(
      LoadedConfig loaded, String name, Surroundings surroundings, Duration wait) {
    return prepared(
        new WorkerContext(loaded, name, surroundings, false),
        wait,
        context -> context.store.requireMigrated());
  }

  /// The same for a command that ends by itself, beside workers: its metrics are at any free port
  /// when theirs is taken.
  public static WorkerContext openBeside(
      LoadedConfig loaded, String name, Surroundings surroundings, Duration wait) {
    return prepared(
        new WorkerContext(loaded, name, surroundings, true),
        wait,
        context -> context.store.requireMigrated());
  }

  /// Opens everything, waits until the servers answer and migrates the database. The metrics move
  /// to any free port when theirs is taken.
  public static WorkerContext openAndMigrate(
      LoadedConfig loaded, String name, Surroundings surroundings, Duration wait) {
    return prepared(
        new WorkerContext(loaded, name, surroundings, true),
        wait,
        context -> context.store.migrations().migrate());
  }

  private static WorkerContext prepared(
      WorkerContext context, Duration wait, Consumer<WorkerContext> prepare) {
    try {
      Connecting.await(context::probe, wait, context.clock, context::warn);
      prepare.accept(context);
      for (String warning : context.bus.inspector().warnings()) {
        LOG.warn("{}", warning);
      }
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /// This process's part in the shards of the events topic: the bus assigns them, or leases decide.
  /// Closed with the context.
  ///
  /// @param role the group's name without what is configured
  /// @param member unique per process
  /// @param lease how long the process takes part without a sign of life
  public ShardAssignment assignment(String role, String member, Duration lease) {
    BusConfig config = loaded.config().bus();
    String group = Wiring.group(config, role);
    ShardAssignment assignment =
        bus.openAssignment(config.topic(), group, member)
            .orElseGet(() ->
                new LeaseAssignment(
                    store.members(), group, config.topic(), member, config.shards(), lease, clock));
    joined.add(assignment);
    return assignment;
  }

  /// Begins a job run.
  public long startRun(
      String jobName,
      JobRuns.Mode mode,
      @Nullable String dataset,
      @Nullable String provider,
      List<Symbol> symbols) {
    long run =
        store
            .jobRuns()
            .start(
                new JobRuns.Start(
                    jobName,
                    dataset,
                    provider,
                    mode,
                    loaded.fingerprint(),
                    BuildVersion.text(),
                    symbols.stream().map(Symbol::value).toList()));
    unfinished.add(run);
    surroundings
        .names()
        .accept(
            new MetNames(
                List.of(Long.toString(run)),
                provider == null ? List.of() : List.of(provider),
                symbols.stream().map(Symbol::value).toList()));
    return run;
  }

  /// Ends a job run; `error` is null for a good end.
  public void finishRun(long run, long rowsWritten, @Nullable String error, String metadataJson) {
    unfinished.remove(run);
    store
        .jobRuns()
        .finish(
            run,
            error == null ? JobRuns.Status.SUCCESS : JobRuns.Status.FAILURE,
            rowsWritten,
            error,
            metadataJson);
  }

  public MdpConfig config() {
    return loaded.config();
  }

  public LoadedConfig loaded() {
    return loaded;
  }

  public EventBus bus() {
    return bus;
  }

  public PostgresStore store() {
    return store;
  }

  Meters meters() {
    return meters;
  }

  /// By which this process counts.
  public Metrics metrics() {
    return meters.metrics();
  }

  public Health health() {
    return health;
  }

  Map<String, String> environment() {
    return surroundings.environment();
  }

  public Clock clock() {
    return clock;
  }

  /// Where the metrics are, and why they are not where they were configured.
  public String metricsPlace() {
    int configured = loaded.config().telemetry().metricsPort();
    boolean moved = configured != 0 && configured != server.port();
    return server.url() + "/metrics" + (moved ? " (port " + configured + " is taken)" : "");
  }

  /// A line for the operator, on stderr.
  public void say(String line) {
    surroundings.console().say(line);
  }

  /// The same about something that the operator should look at: shown under `--quiet` too.
  public void warn(String line) {
    surroundings.console().warn(line);
  }

  /// Remembers for completion what the workers have met, as their metrics tell it.
  void rememberMet() {
    surroundings
        .names()
        .accept(new MetNames(List.of(), meters.values("provider"), meters.values("symbol")));
  }

  @Override
  public void close() {
    try (store;
        bus;
        server) {
      surroundings.console().flush();
      joined.forEach(ShardAssignment::close);
      finishWhatNeverBegan();
    }
  }

  /// A run whose work could not begin must not look as if it ran for ever.
  private void finishWhatNeverBegan() {
    for (long run : List.copyOf(unfinished)) {
      try {
        finishRun(run, 0, "ended before its work began", "{}");
      } catch (MdpException e) {
        LOG.warn(JobRunner.NOT_FINISHED, run, e.getMessage());
      }
    }
  }

  private void probe() {
    bus.ping();
    store.ping();
  }
}

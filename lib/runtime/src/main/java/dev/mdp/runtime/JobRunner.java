package dev.mdp.runtime;

import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.json.Json;
import dev.mdp.pipeline.worker.Worker;
import dev.mdp.pipeline.worker.WorkerRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Runs the workers of some jobs, each on its own thread, until they end, fail, a time is over or a
/// signal comes; then finishes the job runs. One use.
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger("dev.mdp.worker");

  /// Not ready before they run.
  static final String WORKERS = "workers";

  /// What is logged of a job run whose end could not be stored, with its id and why.
  static final String NOT_FINISHED =
      "job run {} could not be marked as finished: {}; mdp datastore job-runs-stuck may list it";

  private static final Duration TURN = Duration.ofMillis(100);

  /// How long workers read on after the sources beside them have ended.
  private static final Duration CATCH_UP = Duration.ofSeconds(5);

  private final WorkerContext context;
  private final RunLimits limits;
  private final List<Job> jobs;

  /// A signal's thread reads it.
  private final List<WorkerRunner> runners = new CopyOnWriteArrayList<>();

  /// Those of them that send what the others read.
  private final List<WorkerRunner> sources = new CopyOnWriteArrayList<>();

  private final WorkerHealth health;
  private final Runnable onTurn;
  private final Systemd systemd;
  private final ProgressReports reports;
  private final StopSignals.Hangup hangup;
  private final AtomicBoolean draining = new AtomicBoolean();

  /// @param onTurn called about ten times a second while the workers run, for a live view
  public JobRunner(WorkerContext context, RunLimits limits, List<Job> jobs, Runnable onTurn) {
    this(context, limits, jobs, onTurn, StopSignals.Hangup.DRAINS);
  }

  public JobRunner(
      WorkerContext context,
      RunLimits limits,
      List<Job> jobs,
      Runnable onTurn,
      StopSignals.Hangup hangup) {
    this.context = context;
    this.hangup = hangup;
    this.limits = limits;
    this.jobs = List.copyOf(jobs);
    this.onTurn = onTurn;
    this.systemd = new Systemd(context.environment());
    this.health = new WorkerHealth(context.health(), context.metrics().pipeline(), context.clock());
    this.reports = new ProgressReports(context, this.jobs, health, systemd);
  }

  /// Returns when all workers have ended and the job runs are finished; throws the first failure.
  public RunResult run() {
    Instant begun = context.clock().instant();
    try (StopSignals signals = new StopSignals(() -> stop("signal"), hangup)) {
      start();
      context.health().ready(WORKERS, true, "");
      systemd.tell("READY=1\nSTATUS=started");
      boolean drained = awaitEnd(begun);
      context.rememberMet();
      Optional<RuntimeException> failure = failure();
      boolean balanced = finish(drained);
      failure.ifPresent(e -> {
        throw e;
      });
      return new RunResult(
          Duration.between(begun, context.clock().instant()), drained, balanced, signals.came());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop("interrupt");
      throw new UnavailableException("interrupted", e);
    }
  }

  /// Asks every worker to drain; beside sources, the others when they have read what those sent.
  /// Any thread.
  public void stop(String why) {
    LOG.debug("draining: {}", why);
    if (!draining.getAndSet(true) && why.equals("signal")) {
      context.say("draining, at most " + limits.drain().toSeconds() + " s (Ctrl-C again to abort)");
    }
    systemd.tell("STOPPING=1");
    sources.forEach(WorkerRunner::stop);
    if (sources.isEmpty()) {
      runners.forEach(WorkerRunner::stop);
    }
  }

  /// The sources have been asked to end.
  private void endOthers(boolean atOnce) {
    if (atOnce) {
      runners.forEach(WorkerRunner::stop);
    } else if (sources.stream().allMatch(WorkerRunner::hasEnded)) {
      runners.forEach(WorkerRunner::stopWhenIdle);
    }
  }

  private void start() {
    for (Job job : jobs) {
      for (Worker worker : job.workers()) {
        WorkerRunner runner = new WorkerRunner(worker, health, context.clock());
        runners.add(runner);
        if (worker.isSource()) {
          sources.add(runner);
        }
        health.watch(worker);
        Thread.ofVirtual()
            .name(worker.name())
            .start(() -> {
              MDC.put("run", Long.toString(job.run()));
              MDC.put("worker", worker.name());
              runner.run();
            });
      }
    }
  }

  /// Returns whether every worker ended in time.
  private boolean awaitEnd(Instant begun) throws InterruptedException {
    Optional<Instant> deadline = Optional.empty();
    Instant catchUpUntil = Instant.MAX;
    while (!allEnded()) {
      Thread.sleep(TURN);
      Instant now = context.clock().instant();
      onTurn.run();
      reports.report(now);
      boolean over = limits.limit().filter(limit -> !now.isBefore(begun.plus(limit))).isPresent();
      if (deadline.isEmpty() && (over || draining.get() || failure().isPresent())) {
        tellFailure();
        stop("end");
        deadline = Optional.of(now.plus(limits.drain()));
        catchUpUntil = now.plus(CATCH_UP);
      }
      if (deadline.isPresent()) {
        endOthers(failure().isPresent() || now.isAfter(catchUpUntil));
      }
      if (deadline.isPresent() && now.isAfter(deadline.get())) {
        LOG.error(
            "shutdown did not finish within {} s and was aborted; entries that were not committed"
                + " are read again at the next start (--drain-timeout allows more)",
            limits.drain().toSeconds());
        return false;
      }
    }
    onTurn.run();
    return true;
  }

  /// What ended one of several is known only at the end otherwise, when the others have drained.
  private void tellFailure() {
    if (runners.size() > 1) {
      failed()
          .ifPresent(runner ->
              LOG.error(
                  "{} failed: {}; draining the others", runner.worker().name(), messageOf(runner)));
    }
  }

  private boolean allEnded() {
    return runners.stream().allMatch(WorkerRunner::hasEnded);
  }

  private Optional<RuntimeException> failure() {
    return failed().flatMap(WorkerRunner::failure);
  }

  private Optional<WorkerRunner> failed() {
    return runners.stream().filter(runner -> runner.failure().isPresent()).findFirst();
  }

  private static String messageOf(WorkerRunner failed) {
    return failed.failure().map(e -> String.valueOf(e.getMessage())).orElse("");
  }

  /// Why a job ended that should have gone on: a worker of it failed, or one beside it.
  private Optional<String> failureOf(Job job) {
    Optional<WorkerRunner> own =
        runners.stream()
            .filter(runner -> job.workers().contains(runner.worker()))
            .filter(runner -> runner.failure().isPresent())
            .findFirst();
    return own.map(JobRunner::messageOf)
        .or(() -> failed().map(other -> other.worker().name() + " failed: " + messageOf(other)));
  }

  /// Returns whether every ledger adds up.
  private boolean finish(boolean drained) {
    boolean balanced = true;
    for (Job job : jobs) {
      boolean unbalanced = job.ledger().get().stream().anyMatch(counts -> !counts.addsUp());
      if (unbalanced) {
        balanced = false;
        LOG.error(
            "the ledger of job run {} ({}) does not add up; mdp datastore job-runs-inspect {} shows it",
            job.run(),
            job.name(),
            job.run());
      }
      String error =
          failureOf(job)
              .orElse(
                  unbalanced
                      ? "the ledger does not add up"
                      : drained ? null : "the drain timed out");
      try {
        context.finishRun(
            job.run(), job.rowsWritten().getAsLong(), error, Json.write(job.metadata().get()));
      } catch (MdpException e) {
        LOG.warn(NOT_FINISHED, job.run(), e.getMessage());
      }
      job.workers().forEach(health::unwatch);
    }
    return balanced;
  }
}
